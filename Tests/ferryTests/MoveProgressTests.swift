import ContextTransfer
import FakeGateways
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
        #expect(progress.take(update(move)) == ["plan: 2 of 2 in 4 ms"])
        move.phases.append(PhaseProgress(phase: .collect, start: time(1_005), done: 0, total: 2))
        #expect(progress.take(update(move, move)) == ["collect…"])
        move.phases[1].end = time(1_105)
        move.phases[1].done = 2
        #expect(progress.take(update(move)) == ["collect: 2 of 2 in 100 ms"])
        move.state = .finished(.completed)
        move.pause = .microseconds(4_321)
        #expect(progress.take(update(move)) == ["completed, pause 4 ms"])
        #expect(progress.isOver)
        #expect(progress.status == nil)
    }

    @Test("a move that waits says for what, and how to go on")
    func waits() {
        let id: UInt128 = 0xfeed << 112
        var progress = MoveProgress([Sample.move(id, .queued)])
        #expect(progress.news() == ["waits for another move"])
        let waiting = Sample.move(id, .awaitingApproval([.target, .source]))
        #expect(progress.take(waiting) == ["waits for an operator of PR and NR: ferry approve feed0000"])
        #expect(
            progress.take(Sample.move(id, .stepping(before: .quiesce)))
                == ["waits before quiesce: ferry proceed feed0000"])
        #expect(progress.take(Sample.move(id, .running)) == [])
        #expect(progress.take(Sample.move(id, .settling)) == ["finds out how it ended"])
    }

    @Test("of several moves each line says which; other moves are none of it")
    func several() {
        var progress = MoveProgress([Sample.move(1 << 96, .running), Sample.move(2 << 96, .running)])
        #expect(progress.take(Sample.move(1 << 96, .finished(.completed))) == ["00000001 completed"])
        #expect(progress.take(Sample.move(3 << 96, .finished(.completed))) == [])
        #expect(!progress.isOver)
        #expect(progress.take(Sample.move(1 << 96, .running)) == [], "it is over")
        #expect(progress.take(Sample.move(2 << 96, .finished(.failed(.expired)))) != [])
        #expect(progress.isOver)
    }

    @Test(
        "each end has its exit status",
        arguments: [
            (ContextTransfer.MoveOutcome.completed, nil), (.refused(.notApproved(by: "bob")), .refused), (.refused(.spiInUse), .refused),
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
