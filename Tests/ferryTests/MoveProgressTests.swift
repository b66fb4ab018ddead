import ForwardingPath
import ContextTransfer
import FakeGateways
import ForwardingPath
import GatewayAPI
import Testing
import ferry

@Suite("How moves go on")
struct MoveProgressTests {
    private func time(_ milliseconds: UInt64) -> ClockTime { ClockTime(milliseconds: milliseconds) }

    private func update(_ moves: ReportedMove...) -> WatchUpdate {
        WatchUpdate(clock: time(1), .changes(moves.map { GatewayChange(revision: 1, .move($0)) }))
    }

    @Test("each phase is told when it begins and when it ends, and nothing twice")
    func phases() {
        var progress = MoveProgress([Sample.move])
        #expect(progress.news() == [])
        var move = Sample.move
        move.phases = [PhaseProgress(phase: .plan, start: time(1_000), end: time(1_004), done: 2, total: 2)]
        #expect(progress.take(update(move), by: "PR") == ["plan: 2 of 2 in 4 ms"])
        move.phases.append(PhaseProgress(phase: .collect, start: time(1_005), done: 0, total: 2))
        #expect(progress.take(update(move, move), by: "PR") == ["collect…"])
        move.phases[1].end = time(1_105)
        move.phases[1].done = 2
        #expect(progress.take(update(move), by: "PR") == ["collect: 2 of 2 in 100 ms"])
        move.state = .finished(.completed)
        move.pause = .microseconds(4_321)
        #expect(progress.take(update(move), by: "PR") == ["completed, pause 4 ms"])
        #expect(progress.isOver)
        #expect(progress.status == nil)
    }

    @Test("a move that waits says for what, and how to go on")
    func waits() {
        let id: UInt128 = 0xfeed << 112
        var progress = MoveProgress([Sample.move(id, .queued)])
        #expect(progress.news() == ["waits for another move"])
        let waiting = Sample.move(id, .awaitingApproval([.target, .source]))
        #expect(progress.take(waiting, by: "PR") == ["waits for an operator of PR and NR: ferry approve feed0000"])
        #expect(
            progress.take(Sample.move(id, .stepping(before: .quiesce)), by: "PR")
                == ["waits before quiesce: ferry proceed feed0000"])
        #expect(progress.take(Sample.move(id, .running), by: "PR") == [])
        #expect(progress.take(Sample.move(id, .settling), by: "PR") == ["finds out how it ended"])
    }

    @Test("a move that its leader knows nothing of any more is over; what another gateway does not know says nothing")
    func forgotten() {
        var progress = MoveProgress([Sample.move(1 << 96, .running)])
        #expect(progress.forgot(MoveID(1 << 96), at: "NR") == [])
        #expect(!progress.isOver)
        #expect(
            progress.forgot(MoveID(1 << 96), at: "PR").last == "failed: the gateway does not know the move")
        #expect(progress.isOver)
        #expect(progress.status == .failed)
        #expect(progress.forgot(MoveID(1 << 96), at: "PR") == [])
    }

    @Test("of several moves each line says which; other moves are none of it")
    func several() {
        var progress = MoveProgress([Sample.move(1 << 96, .running), Sample.move(2 << 96, .running)])
        #expect(progress.take(Sample.move(1 << 96, .finished(.completed)), by: "PR") == ["00000001 completed"])
        #expect(progress.take(Sample.move(3 << 96, .finished(.completed)), by: "PR") == [])
        #expect(!progress.isOver)
        #expect(progress.take(Sample.move(1 << 96, .running), by: "PR") == [], "it is over")
        #expect(progress.take(Sample.move(2 << 96, .finished(.failed(.expired))), by: "PR") != [])
        #expect(progress.isOver)
    }

    @Test("what the leader says counts, and what others say only while the leader says nothing")
    func leader() {
        var progress = MoveProgress([Sample.move(1, .queued)])
        #expect(progress.news() == ["waits for another move"])
        #expect(progress.take(Sample.move(1, .settling), by: "SG1") == ["finds out how it ended"])
        #expect(progress.take(Sample.move(1, .queued), by: "PR") == ["waits for another move"])
        #expect(progress.take(Sample.move(1, .finished(.completed)), by: "SG1") == [])
        progress.lost("NR")
        #expect(progress.take(Sample.move(1, .finished(.completed)), by: "SG1") == [])
        progress.lost("PR")
        #expect(progress.take(Sample.move(1, .finished(.completed)), by: "SG1") == ["completed"])
        #expect(progress.isOver)
    }

    @Test(
        "each end has its exit status",
        arguments: [
            (ContextTransfer.MoveOutcome.completed, nil), (.refused(.notApproved(by: "bob")), .refused),
            (.refused(.spiInUse), .refused),
            (.aborted(.aborted(by: "eve")), .aborted), (.aborted(.restarted(.taker)), .failed),
            (.failed(.timeout(.holder)), .failed), (.ended(.failure("x")), .failed),
        ] as [(ContextTransfer.MoveOutcome, CommandStatus?)])
    func ends(outcome: ContextTransfer.MoveOutcome, status: CommandStatus?) {
        #expect(MoveProgress([Sample.move(1, .finished(outcome))]).status == status)
    }

    @Test("of several ends the worst is the command's")
    func worst() {
        let moves = [
            Sample.move(1, .finished(.completed)), Sample.move(2, .finished(.refused(.busy))),
            Sample.move(3, .finished(.aborted(.aborted(by: "eve")))),
        ]
        #expect(MoveProgress(Array(moves.prefix(2))).status == .refused)
        #expect(MoveProgress(moves).status == .aborted)
        #expect(MoveProgress(moves + [Sample.move(4, .finished(.failed(.expired)))]).status == .failed)
    }
}
