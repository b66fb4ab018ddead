import Gateway
import GatewayAPI
import Synchronization
import Testing

@Suite("Who watches a gateway", .timeLimit(.minutes(1)))
struct WatcherTests {
    private let clock = ManualClock()

    @Test("is told everything, and then what changed, in the order of revisions")
    func differences() async throws {
        let source = SnapshotSource()
        source.happen(3)
        let watcher = Watcher(WatchOptions(interval: 200, events: 2), clock: clock) { source.look() }
        guard case .snapshot(let first)? = await watcher.next()?.content else { return #expect(Bool(false)) }
        #expect(first.revision == 1 && first.events.map(\.number) == [2, 3])
        async let update = watcher.next()
        #expect(await clock.isSlept(until: [.milliseconds(200)]))
        clock.advance(by: .milliseconds(200))
        // Nothing happened: it waits on.
        #expect(await clock.isSlept(until: [.milliseconds(400)]))
        source.happen(5)
        clock.advance(by: .milliseconds(200))
        guard case .changes(let changes)? = await update?.content else { return #expect(Bool(false)) }
        #expect(changes.map(\.revision) == [2, 3])
        #expect(changes.map(\.kind) == source.events.suffix(2).map { .event($0) })
    }

    @Test("is told no more when the gateway stops")
    func stopped() async {
        let source = SnapshotSource()
        let watcher = Watcher(WatchOptions(), clock: clock) { source.look() }
        #expect(await watcher.next() == nil)
        source.happen(1)
        #expect(await watcher.next() != nil)
        source.stop()
        async let update = watcher.next()
        #expect(await clock.isSlept(until: [.milliseconds(200)]))
        clock.advance(by: .milliseconds(200))
        #expect(await update == nil)
    }
}

/// A gateway that has nothing but events.
private final class SnapshotSource: Sendable {
    private let now = Mutex<GatewaySnapshot?>(nil)

    var events: [ReportedEvent] { now.withLock { $0?.events ?? [] } }

    func look() -> (ClockTime, GatewaySnapshot)? { now.withLock { $0 }.map { (ClockTime(milliseconds: 7), $0) } }

    func stop() { now.withLock { $0 = nil } }

    /// Until now there were so many events.
    func happen(_ count: UInt64) {
        let events = (0..<count).map { number in
            ReportedEvent(
                number: number + 1, clock: ClockTime(milliseconds: 1), kind: .log, action: "a", text: "t")
        }
        now.withLock { $0 = GatewaySnapshot(revision: 0, events: events) }
    }
}
