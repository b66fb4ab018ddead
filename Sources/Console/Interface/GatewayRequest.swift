package import ContextTransfer
package import ForwardingPath
package import GatewayAPI

/// What the console asks of a gateway in its user's name, other than a plan.
package enum GatewayRequest: Hashable, Sendable {
    /// To begin moves.
    case move(MoveOrder)
    /// To move everything away.
    case drain(MoveOrder)
    /// To begin no more moves of a drain of this gateway.
    case stopDrain(NodeName)
    /// To have a new router set up a new path.
    case seek(PathWish)
    /// To agree to a move that waits.
    case approve(MoveID)
    /// To refuse a move that waits.
    case deny(MoveID)
    /// To stop a move.
    case abort(MoveID)
    /// To let a stepping move enter its next phase.
    case proceed(MoveID)

    /// What is asked, in one word.
    package var name: String {
        switch self {
        case .move: "move"
        case .drain: "drain"
        case .stopDrain: "stop the drain"
        case .seek: "seek"
        case .approve: "approve"
        case .deny: "deny"
        case .abort: "abort"
        case .proceed: "proceed"
        }
    }
}
