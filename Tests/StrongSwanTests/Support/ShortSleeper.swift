/// A clock by which short sleeps last no time, and long ones until they are cancelled.
struct ShortSleeper: Clock {
    /// From here on a sleep is a long one.
    static let long = Duration.seconds(2)

    var now: ContinuousClock.Instant { .now }
    var minimumResolution: Duration { .zero }

    func sleep(until deadline: ContinuousClock.Instant, tolerance: Duration?) async throws {
        guard now.duration(to: deadline) >= Self.long else { return try Task.checkCancellation() }
        try await ContinuousClock().sleep(for: .seconds(3600))
    }
}
