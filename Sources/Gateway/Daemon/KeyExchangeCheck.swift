package import ForwardingPath
package import IPsec

/// What a node may negotiate by its certificate and its place in the network.
package enum KeyExchangeCheck {
    /// Why a message is not taken, as a sentence without full stop; `nil` when it is.
    package static func problem(
        with message: KeyExchangeMessage, from peer: NodeName, at node: NodeName, network: Network
    ) -> String? {
        guard message.sender == peer.text else { return "\(peer) negotiates as \(message.sender)" }
        guard message.receiver == node.text else { return "\(peer) negotiates with \(message.receiver)" }
        guard let role = network.node(peer)?.role else { return "\(peer) is no node of the network" }
        guard role.takesAssociations || role == .mobileNode else {
            return "\(peer) has no SAs: its role is \(role.rawValue)"
        }
        return nil
    }

    /// Whether a node may be the other end of new SAs in the place of this one: it is, or both it and what was are gateways,
    /// and it is one on a path that may have taken the place of the other. A mobile node's place nobody takes.
    package static func mayReplace(_ template: AssociationTemplate, as peer: NodeName, network: Network) -> Bool {
        guard let node = network.node(peer) else { return false }
        let far = template.direction == .inbound ? template.source : template.replaces.destination
        if node.realms.contains(template.replaces.realm), node.addresses.contains(far) { return true }
        let owner = network.owner(of: far, in: template.replaces.realm).flatMap { network.node($0) }
        return node.role.takesAssociations && owner?.role.takesAssociations != false
            && network.paths.contains { $0.previous.contains(peer) || $0.next?.contains(peer) == true }
    }
}
