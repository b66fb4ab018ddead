import Synchronization

/// Ticks as often as was asked for last.
package final class Ticker: Sendable {
    /// Counts the intervals that were asked for: who ticks at another than the last one stops.
    private let latest = Mutex(0)

    /// One that nobody asked yet.
    package init() {}

    /// Ticks until cancelled, or until `intervals` ends; at `nil` it rests.
    package func run(_ intervals: AsyncStream<Duration?>, tick: @escaping @Sendable () -> Void) async {
        await withDiscardingTaskGroup { group in
            for await interval in intervals {
                let own = latest.withLock { number in
                    number += 1
                    return number
                }
                guard let interval else { continue }
                group.addTask {
                    while true {
                        do { try await Task.sleep(for: interval) } catch { return }
                        guard self.latest.withLock({ $0 == own }) else { return }
                        tick()
                    }
                }
            }
            group.cancelAll()
        }
    }
}
