import ContextTransfer
import GatewayAPI

/// The drain of this gateway that is under way, or the last one: what waits, what was ordered, and what is told of it.
struct Drain {
    /// What names it in its moves.
    let id: MoveID
    let order: MoveOrder
    private(set) var queue: DrainQueue<DrainUnit>
    private(set) var report: ReportedDrain

    /// - Parameter report: its beginning, of which the counts of moves are this value's to say.
    init(_ id: MoveID, _ units: [DrainUnit], _ order: MoveOrder, _ report: ReportedDrain) {
        (self.id, queue, self.order, self.report) = (id, DrainQueue(units), order, report)
    }

    var isUnderWay: Bool { report.end == nil }

    /// The moves that may begin now, each with its name.
    mutating func begin() -> [(id: MoveID, unit: DrainUnit)] {
        defer { count() }
        return queue.begin(MoveID.random)
    }

    /// Takes in how a move ended; `false` where it is none of the drain's.
    mutating func ended(_ move: MoveID, _ outcome: MoveOutcome, at clock: ClockTime) -> Bool {
        guard queue.ended(move, outcome) else { return false }
        count()
        endIfDone(at: clock)
        return true
    }

    /// A move was refused, and its SAs are tried in another way; `false` where the drain was stopped.
    mutating func retry(_ move: MoveID, as unit: DrainUnit) -> Bool {
        defer { count() }
        return queue.retry(move, as: unit)
    }

    /// Nothing more begins.
    mutating func stop(by operator: String, at clock: ClockTime) {
        queue.stop()
        report.stoppedBy = `operator`
        count()
        endIfDone(at: clock)
    }

    private mutating func endIfDone(at clock: ClockTime) { if !queue.isUnderWay { report.end = report.end ?? clock } }

    private mutating func count() {
        (report.completed, report.refused, report.running) = (queue.completed, queue.refused, queue.running)
        (report.aborted, report.failed, report.leftOut) = (queue.aborted, queue.failed, queue.leftOut)
    }
}
