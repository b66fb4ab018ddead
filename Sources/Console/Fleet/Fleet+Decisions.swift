import ContextTransfer
import ForwardingPath
package import GatewayAPI

extension Fleet {
    /// The moves that wait for an operator, the longest waiting first.
    package var awaitingApproval: [MergedMove] {
        moves.filter { $0.approver != nil }.sorted { $0.began < $1.began }
    }

    /// The moves that are not over.
    package var underWay: [MergedMove] { moves.filter { !$0.isOver } }

    /// Where operators abort a move or let it proceed: at the node that leads it.
    package func leader(of move: ReportedMove) -> GatewayMirror? { gateway(of: move.route.source) }
}
