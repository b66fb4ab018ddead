/// The deadlines of all parties at one node. One that was replaced still passes; its number tells that it is stale.
struct Alarms: Sendable {
    /// A deadline.
    struct Alarm: Sendable {
        let key: MovePartyKey
        /// The party's own count of its deadlines.
        let number: Int
        let instant: ContinuousClock.Instant
    }

    private let alarms: AsyncStream<Alarm>
    private let adding: AsyncStream<Alarm>.Continuation

    init() { (alarms, adding) = AsyncStream.makeStream() }

    func add(_ key: MovePartyKey, number: Int, after duration: Duration) {
        adding.yield(Alarm(key: key, number: number, instant: .now + duration))
    }

    /// Runs until cancelled; hands over each deadline when it has passed.
    func run(_ passed: @escaping @Sendable (Alarm) async -> Void) async {
        await withDiscardingTaskGroup { group in
            for await alarm in alarms {
                group.addTask {
                    do { try await Task.sleep(for: alarm.instant - .now) } catch { return }
                    await passed(alarm)
                }
            }
            group.cancelAll()
        }
    }
}
