extension ClockTime {
    /// The latest moment that a message may tell: 2^53 milliseconds, in the year 287396. What is later is no time, and
    /// could not be reckoned with.
    private static let latestMilliseconds: UInt64 = 1 << 53

    /// The moment that a field tells.
    init(field: String, _ milliseconds: UInt64) throws(MessageError) {
        guard milliseconds <= Self.latestMilliseconds else {
            throw .invalid(field: field, value: String(milliseconds))
        }
        self.init(milliseconds: milliseconds)
    }
}
