import ContextTransfer
import ForwardingPath
import GatewayAPI

extension Fleet {
    /// The moves that wait for an operator, the longest waiting first.
    package var awaitingApproval: [MergedMove] {
        moves.filter { $0.approver != nil }.sorted { $0.began < $1.began }
    }

    /// The moves that are not over.
    package var underWay: [MergedMove] { moves.filter { !$0.isOver } }
}
