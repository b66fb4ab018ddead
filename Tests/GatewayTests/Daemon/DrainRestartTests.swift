import ContextTransfer
import ForwardingPath
import Foundation
import Gateway
import GatewayAPI
import IPsec
import Testing

@Suite("Drains and restarts", .timeLimit(.minutes(1)))
struct DrainRestartTests {
    private let path = FileManager.default.temporaryDirectory.path + "/ferry-drain-\(UUID().uuidString).sqlite"

    private static let alice = Caller(name: "alice", role: .operator)

    private func removeJournal() {
        for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
    }

    private static let paths = DrainNote.words(for: Figure.network.paths)

    /// What a drain that a restart interrupted left in the test's journal.
    private func interrupted(for paths: String = paths) async throws -> (Journal, DrainNote) {
        let journal = try Journal(path: path)
        let note = DrainNote(
            id: .random(), order: MoveOrder(selection: MoveSelection(draining: "SG1")), requestedBy: "alice",
            start: ClockTime(milliseconds: 1_700_000_000_000), paths: paths)
        try await journal.keep(drain: note)
        return (journal, note)
    }

    /// A daemon of SG1 with two SAs and the test's journal, for as long as `body` does.
    private func running(
        _ site: Site, isEmpty: Bool = false, timing: MoveTiming = MoveTiming(),
        _ body: @escaping @Sendable (RouterDaemon) async throws -> Void
    ) async throws {
        let stack = FakeStack()
        let up = try #require(Figure.status("up", 0x1001, .inbound))
        let down = try #require(Figure.status("down", 0x2001, .outbound))
        if !isEmpty { try await stack.install([up.association, down.association], policies: []) }
        let daemon = try site.daemon("SG1", stack: stack, journal: path, timing: timing)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await daemon.run() }
            _ = try await daemon.cxtpPort
            try await body(daemon)
            group.cancelAll()
        }
    }

    /// The drain that the daemon tells of, once it is as the test waits for.
    private static func drain(
        _ daemon: RouterDaemon, until isAwaited: (ReportedDrain) -> Bool
    ) async -> ReportedDrain? {
        for await update in await daemon.watch(WatchOptions(traffic: false, interval: 50, events: 0)) {
            switch update.content {
            case .snapshot(let all): if let drain = all.drain, isAwaited(drain) { return drain }
            case .changes(let changes):
                for case .drain(let drain) in changes.map(\.kind) where isAwaited(drain) { return drain }
            }
        }
        return nil
    }

    /// What the daemon told the operator of drains, and how.
    private static func told(_ daemon: RouterDaemon) async throws -> [(kind: EventKind, text: String)] {
        try await daemon.history(HistoryQuery()).events.filter { $0.action == "drain" }.map { ($0.kind, $0.text) }
    }

    @Test("a drain goes on after a restart with what is left, and not one that was stopped")
    func restart() async throws {
        defer { removeJournal() }
        let site = try Site()
        // PR does not answer: the move is under way until the daemon ends.
        try await running(site) { daemon in
            let drain = try await daemon.drain(MoveOrder(selection: MoveSelection(draining: "SG1")), by: Self.alice)
            #expect(drain.moves == 1 && drain.associations == 2 && drain.running == 1)
        }
        try await running(site) { daemon in
            let drain = try #require(await Self.drain(daemon) { $0.moves > 0 && $0.running > 0 })
            #expect(drain.moves == 1 && drain.associations == 2 && drain.left == 1)
            #expect(drain.requestedBy == "alice" && drain.end == nil)
            let stopped = try await daemon.stopDrain(of: "SG1", by: Self.alice)
            #expect(stopped.running == 1 && stopped.leftOut == 0)
        }
        let journal = try Journal(path: path)
        #expect(try await journal.drain() == nil)
    }

    @Test("one that waits until it may go on can be stopped, and no other begins; the next one's note is its own")
    func waiting() async throws {
        defer { removeJournal() }
        let (journal, note) = try await interrupted()
        // A move had taken an SA out of service: it is settled first.
        let identifier = try #require(Figure.status("up", 0x1001, .inbound)?.association.identifier)
        let move = MoveDescription(
            id: MoveID(0x77), subject: MoveSubject(address: Figure.address(1)),
            route: MoveRoute(holder: "SG1", source: "PR", target: "NR", taker: "SG2"))
        try await journal.keep(
            MoveNote(
                key: MovePartyKey(id: move.id, role: .holder), move: move, record: .mayBeSent,
                identifiers: [identifier], requestedBy: "alice"))
        try await running(try Site()) { daemon in
            let drain = try #require(await Self.drain(daemon) { $0.end == nil })
            #expect(
                drain.isInterrupted && drain.words == "SG1: goes on when it is settled what the restart interrupted")
            let order = MoveOrder(selection: MoveSelection(draining: "SG1"))
            await #expect(throws: OperationRefusal.self) { try await daemon.drain(order, by: Self.alice) }
            let stopped = try await daemon.stopDrain(of: "SG1", by: Self.alice)
            #expect(stopped.end != nil && stopped.stoppedBy == "alice" && stopped.moves == 0)
            #expect(try await journal.drain() == nil)
            _ = try await daemon.drain(order, by: Self.alice)
            try await journal.forget(drain: note.id)
            #expect(try await journal.drain()?.paths == Self.paths)
        }
    }

    @Test("one that was ordered for other paths does not go on, and the operator is told")
    func otherPaths() async throws {
        defer { removeJournal() }
        let (journal, _) = try await interrupted(for: "data: MN PR SG1 G RN > MN NR SG3 G RN")
        try await running(try Site()) { daemon in
            let drain = try #require(await Self.drain(daemon) { $0.end != nil })
            #expect(drain.moves == 0)
            while try await journal.drain() != nil { await Task.yield() }
            var told = try await Self.told(daemon)
            while told.isEmpty { told = try await Self.told(daemon) }
            #expect(told.map(\.kind) == [.alarm])
            #expect(told.first?.text.contains("the paths are not those that it was ordered for") == true)
        }
    }

    @Test("one of which nothing is left is over, and that is no alarm")
    func nothingLeft() async throws {
        defer { removeJournal() }
        let (journal, _) = try await interrupted()
        try await running(try Site(), isEmpty: true) { daemon in
            let drain = try #require(await Self.drain(daemon) { $0.end != nil })
            #expect(drain.moves == 0)
            var told = try await Self.told(daemon)
            while told.isEmpty { told = try await Self.told(daemon) }
            #expect(told.map(\.kind) == [.log] && told.first?.text.hasPrefix("the drain is over") == true)
            #expect(try await journal.drain() == nil)
        }
    }

    @Test("what the previous router did not answer is tried again, and the drain goes on meanwhile")
    func unanswered() async throws {
        defer { removeJournal() }
        var timing = MoveTiming()
        timing.retry = .milliseconds(5)
        try await running(try Site(), timing: timing) { daemon in
            _ = try await daemon.drain(MoveOrder(selection: MoveSelection(draining: "SG1")), by: Self.alice)
            for await update in await daemon.watch(WatchOptions(traffic: false, interval: 50, events: 0)) {
                let drain: ReportedDrain?
                switch update.content {
                case .snapshot(let all): drain = all.drain
                case .changes(let changes):
                    drain = changes.lazy.compactMap { if case .drain(let drain) = $0.kind { drain } else { nil } }.last
                }
                if let drain, drain.end != nil { Issue.record("it ended: \(drain.words)") }
                if try await daemon.history(HistoryQuery()).moves.count > 1 { break }
            }
            let stopped = try await daemon.stopDrain(of: "SG1", by: Self.alice)
            #expect(stopped.moves == 1 && stopped.failed == 0)
        }
    }

    @Test("the note of a drain is read as it was written, and gone when it is over")
    func note() async throws {
        let journal = try Journal(path: nil)
        #expect(try await journal.drain() == nil)
        var order = MoveOrder(selection: MoveSelection(draining: "SG1", to: ["SG2", "SG3"]), approval: .both)
        order.selection.spiConflict = .renegotiate
        let note = DrainNote(
            id: .random(), order: order, requestedBy: "alice", start: ClockTime(milliseconds: 1_700_000_000_000),
            paths: Self.paths)
        try await journal.keep(drain: note)
        #expect(try await journal.drain() == note)
        try await journal.forget(drain: .random())
        #expect(try await journal.drain() == note)
        try await journal.forget(drain: note.id)
        #expect(try await journal.drain() == nil)
    }

    @Test("paths are told in words, whatever their order, with where they lead now and next")
    func words() {
        let control = PathPair(plane: .control, previous: ["MN", "PR", "G"])
        let expected = "control: MN PR G > not known\ndata: MN PR SG1 G RN > MN NR SG2 G RN"
        for paths in [Figure.network.paths + [control], [control] + Figure.network.paths] {
            #expect(DrainNote.words(for: paths) == expected)
        }
    }
}
