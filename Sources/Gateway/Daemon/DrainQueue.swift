import ContextTransfer
import ForwardingPath
import GatewayAPI

/// The moves of a drain that wait for their turn, and how far it is: a value.
///
/// Only so many are under way at a time: enough to keep all routers busy, few enough that a gateway can be stopped soon.
struct DrainQueue {
    /// How many moves are under way at a time.
    static let limit = 32

    private(set) var report: ReportedDrain
    let order: MoveOrder
    private var waiting: ArraySlice<GatewayPlanner.Batch>
    private var running: Set<MoveID> = []

    init(_ batches: [GatewayPlanner.Batch], _ order: MoveOrder, staying: Int, report: (Int, Int, Int) -> ReportedDrain)
    {
        (waiting, self.order) = (batches[...], order)
        self.report = report(batches.count, batches.reduce(0) { $0 + $1.offers.count }, staying)
    }

    /// Whether moves are under way, or wait.
    var isUnderWay: Bool { report.end == nil }

    /// The moves that may begin now, each with its name.
    mutating func begin() -> [(MoveDescription, GatewayPlanner.Batch)] {
        var begun: [(MoveDescription, GatewayPlanner.Batch)] = []
        while running.count < Self.limit, let batch = waiting.popFirst() {
            let move = MoveDescription(id: .random(), subject: batch.subject, route: batch.route)
            running.insert(move.id)
            begun.append((move, batch))
        }
        report.running = running.count
        return begun
    }

    /// Takes in that a move ended; `false` where it is none of the drain's.
    mutating func ended(_ move: MoveID, completed: Bool, at clock: ClockTime) -> Bool {
        guard running.remove(move) != nil else { return false }
        if completed { report.completed += 1 } else { report.refused += 1 }
        report.running = running.count
        if running.isEmpty, waiting.isEmpty { report.end = clock }
        return true
    }
}
