import Console
import ContextTransfer
package import ForwardingPath
package import GatewayAPI

/// What an operator decides about a move; the raw value is its command.
package enum Decision: String, Hashable, Sendable, CaseIterable {
    /// It may go on, as far as this operator is asked.
    case approve
    /// It may not.
    case deny
    /// It is to stop.
    case abort
    /// It may enter its next phase.
    case proceed

    /// Whether the move waits for this decision.
    package func fits(_ move: ReportedMove) -> Bool {
        switch (self, move.state) {
        case (.approve, .awaitingApproval), (.deny, .awaitingApproval), (.proceed, .stepping): true
        case (.abort, _): move.isAbortable
        default: false
        }
    }

    /// Whom to tell: the nodes whose operators have not agreed, or the leader.
    package func nodes(for move: ReportedMove) -> [NodeName] {
        switch self {
        case .approve, .deny: move.approvalsMissing.isEmpty ? [move.route.source] : move.approvalsMissing
        case .abort, .proceed: [move.route.source]
        }
    }

    /// Tells a gateway; returns the move after that.
    func carryOut(on move: MoveID, over client: GatewayClient) async throws(RequestFailure) -> ReportedMove {
        switch self {
        case .approve: try await client.approve(move)
        case .deny: try await client.deny(move)
        case .abort: try await client.abort(move)
        case .proceed: try await client.proceed(move)
        }
    }
}
