import ContextTransfer
import ForwardingPath

/// Who may say what where SAs are negotiated anew.
enum RenewalCheck {
    /// Why a message is not taken, as a sentence without full stop; `nil` when it is.
    static func problem(
        with message: RenewalMessage, from peer: NodeName, at node: NodeName, network: Network
    ) -> String? {
        guard message.sender == peer else { return "\(peer) speaks as \(message.sender)" }
        guard message.receiver == node else { return "\(peer) speaks to \(message.receiver)" }
        for name in [peer, node] {
            guard let role = network.node(name)?.role else { return "\(name) is no node of the network" }
            guard role.takesAssociations else {
                return "\(name) neither gives nor takes SAs: its role is \(role.rawValue)"
            }
        }
        guard case .order(let task) = message.content else { return nil }
        guard let other = network.node(task.peer), other.role.runsDaemon else {
            return "\(task.peer) cannot negotiate"
        }
        return RouteCheck.problem(orderedBy: peer, to: node, network: network)
    }
}
