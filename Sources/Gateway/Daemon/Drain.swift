import ContextTransfer
import GatewayAPI

/// The drain of this gateway that is under way, or the last one: what waits, what was ordered, and what is told of it.
struct Drain {
    let order: MoveOrder
    private(set) var queue: DrainQueue<GatewayPlanner.Batch>
    private(set) var report: ReportedDrain

    /// - Parameter report: its beginning, of which the counts of moves are this value's to say.
    init(_ batches: [GatewayPlanner.Batch], _ order: MoveOrder, _ report: ReportedDrain) {
        (queue, self.order, self.report) = (DrainQueue(batches), order, report)
    }

    var isUnderWay: Bool { report.end == nil }

    /// The moves that may begin now, each with its name.
    mutating func begin() -> [(MoveDescription, GatewayPlanner.Batch)] {
        let begun = queue.begin(MoveID.random)
        count()
        return begun.map { (MoveDescription(id: $0.id, subject: $0.unit.subject, route: $0.unit.route), $0.unit) }
    }

    /// Takes in that a move ended; `false` where it is none of the drain's.
    mutating func ended(_ move: MoveID, completed: Bool, at clock: ClockTime) -> Bool {
        guard queue.ended(move, completed: completed) else { return false }
        count()
        if !queue.isUnderWay { report.end = clock }
        return true
    }

    private mutating func count() {
        (report.completed, report.refused, report.running) = (queue.completed, queue.refused, queue.running)
    }
}
