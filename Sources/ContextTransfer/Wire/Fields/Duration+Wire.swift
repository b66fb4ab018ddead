/// Whole milliseconds, at most 2⁴⁸−1 of them (8,900 years).
extension Duration {
    private static let largestOnWire: UInt64 = 0xffff_ffff_ffff

    init(wireMilliseconds value: UInt64, _ field: WireField) throws(WireError) {
        guard value <= Self.largestOnWire else { throw .badValue(field) }
        self = .milliseconds(Int64(value))
    }

    /// Rounded up, so that nothing lives longer for having moved; throws for a negative duration and a larger one.
    func wireMilliseconds(_ field: WireField) throws(WireError) -> UInt64 {
        guard self >= .zero, self <= .milliseconds(Int64(Self.largestOnWire)) else { throw .badValue(field) }
        let (seconds, attoseconds) = components
        return UInt64(seconds) * 1000 + UInt64((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }
}
