/// The deadlines of all parties at one node, at most one for each: a new one takes the place of the one before.
package struct Alarms: Sendable {
    /// A deadline.
    package struct Alarm: Sendable {
        package let key: MovePartyKey
        /// The party's own count of its deadlines: one that was replaced just as it passed is told by it.
        package let number: Int
        let duration: Duration
    }

    private enum Change: Sendable {
        case added(Alarm)
        case passed(Alarm)
        case cancelled(MovePartyKey)
    }

    private let clock: any Clock<Duration>
    private let changes: AsyncStream<Change>
    private let changing: AsyncStream<Change>.Continuation

    /// No deadlines yet; those that come pass by that clock.
    package init(clock: any Clock<Duration> = ContinuousClock()) {
        self.clock = clock
        (changes, changing) = AsyncStream.makeStream()
    }

    /// Sets the party's deadline.
    package func add(_ key: MovePartyKey, number: Int, after duration: Duration) {
        changing.yield(.added(Alarm(key: key, number: number, duration: duration)))
    }

    /// Takes the party's deadline away, if it has one.
    package func cancel(_ key: MovePartyKey) { changing.yield(.cancelled(key)) }

    /// Runs until cancelled; hands over each deadline when it has passed.
    package func run(_ passed: @escaping @Sendable (Alarm) async -> Void) async {
        await withDiscardingTaskGroup { group in
            var pending: [MovePartyKey: (number: Int, waking: AsyncStream<Never>.Continuation)] = [:]
            for await change in changes {
                switch change {
                case .added(let alarm):
                    let (wakeUp, waking) = AsyncStream.makeStream(of: Never.self)
                    pending.updateValue((alarm.number, waking), forKey: alarm.key)?.waking.finish()
                    group.addTask { await sleep(for: alarm, orUntil: wakeUp) }
                case .passed(let alarm):
                    guard pending[alarm.key]?.number == alarm.number else { continue }
                    pending.removeValue(forKey: alarm.key)?.waking.finish()
                    group.addTask { await passed(alarm) }
                case .cancelled(let key):
                    pending.removeValue(forKey: key)?.waking.finish()
                }
            }
            group.cancelAll()
        }
    }

    /// Tells when the deadline has passed; ends early, and tells nothing, when `wakeUp` ends before.
    private func sleep(for alarm: Alarm, orUntil wakeUp: AsyncStream<Never>) async {
        await withDiscardingTaskGroup { group in
            group.addTask {
                do { try await clock.sleep(for: alarm.duration) } catch { return }
                changing.yield(.passed(alarm))
            }
            for await _ in wakeUp {}
            group.cancelAll()
        }
    }
}
