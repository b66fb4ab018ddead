import ContextTransfer
package import ForwardingPath
import GatewayAPI

extension Fleet {
    /// The moves that wait for an operator, the longest waiting first.
    package var awaitingApproval: [MergedMove] {
        moves.filter(\.waitsForApproval).sorted { $0.began < $1.began }
    }

    /// The node whose operator has to agree next: the first at which the user of the console is one. `nil` when nobody
    /// is waited for.
    package func approver(of merged: MergedMove) -> NodeName? {
        let missing = MoveWords.approvers(of: merged.move)
        let own = missing.first { node in
            gateway(of: node).map { !$0.isStale && $0.description?.callerRole == .operator } ?? false
        }
        return own ?? missing.first
    }

    /// Whether a move is as the one that leads it tells it now.
    package func isLeaders(_ merged: MergedMove) -> Bool {
        !merged.isStale && self[merged.reporter]?.description?.node == merged.move.route.source
    }

    /// The moves that are not over.
    package var underWay: [MergedMove] { moves.filter { !$0.isOver } }
}
