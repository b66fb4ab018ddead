import ContextTransfer
import ForwardingPath

/// What a node may say by its certificate and its place in the network.
enum EnvelopeCheck {
    /// Why an envelope is not taken, as a sentence without full stop; `nil` when it is.
    static func problem(with envelope: MoveEnvelope, from peer: NodeName, network: Network) -> String? {
        let route = envelope.route
        guard route[envelope.sender] == peer else {
            return "\(peer) speaks as the \(envelope.sender.name), which is \(route[envelope.sender])"
        }
        for role in MoveRole.allCases {
            guard let node = network.node(route[role]) else { return "\(route[role]) is no node of the network" }
            guard node.role.takesAssociations else {
                return "\(node.name) cannot be the \(role.name): its role is \(node.role.rawValue)"
            }
        }
        return nil
    }
}
