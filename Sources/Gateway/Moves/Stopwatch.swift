/// Tells the time since it was made, by any clock.
struct Stopwatch: Sendable {
    /// The time since it was made.
    let time: @Sendable () -> Duration
    /// Returns when it is that time; throws where the task is cancelled.
    let sleep: @concurrent @Sendable (Duration) async throws -> Void

    init<Ticking: Clock<Duration>>(_ clock: Ticking) {
        let start = clock.now
        time = { start.duration(to: clock.now) }
        sleep = { time in try await clock.sleep(until: start.advanced(by: time), tolerance: nil) }
    }
}
