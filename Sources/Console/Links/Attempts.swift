/// The attempts to connect to one gateway: how long to wait before each, and what to say of those that failed.
struct Attempts {
    /// The first wait; each is twice as long as the one before it.
    static let first = Duration.milliseconds(50)
    /// The longest wait; a connection that lasted as long was a good one.
    static let longest = Duration.seconds(2)

    private var upcoming = Self.first
    private var connectedSince: ContinuousClock.Instant?
    private var told: RequestFailure?

    /// The gateway answered.
    mutating func succeeded() {
        connectedSince = .now
        told = nil
    }

    /// Whether nobody was told yet that it fails for this reason.
    mutating func isNew(_ failure: RequestFailure) -> Bool {
        defer { told = failure }
        return told != failure
    }

    /// How long to wait before the next one.
    mutating func pause() -> Duration {
        if let start = connectedSince, start.duration(to: .now) >= Self.longest { upcoming = Self.first }
        connectedSince = nil
        defer { upcoming = min(upcoming * 2, Self.longest) }
        return upcoming
    }
}
