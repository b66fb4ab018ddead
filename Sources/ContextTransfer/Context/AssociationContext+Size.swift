import ForwardingPath
package import IPsec

extension AssociationContext {
    /// How many octets the static and the dynamic context of an SA have as they would cross now, with its policies; the
    /// copies of the keys that this takes are overwritten.
    package static func octets(of association: SecurityAssociation, policies: [Policy]) throws(WireError) -> Int {
        let contexts = MoveContexts(associations: [AssociationContext(association: association, policies: policies)])
        let subject = MoveSubject(address: association.peer, realm: association.identifier.realm)
        let route = MoveRoute(holder: anyNode, source: anyNode, target: anyNode, taker: anyNode)
        var octets = 0
        for message in [MoveMessage.collected(contexts), .transfer([association.state], elapsed: .zero)] {
            octets += try MoveEnvelope(
                id: MoveID(0), subject: subject, route: route, sender: .holder, receiver: .source, message: message
            ).contextOctets()
        }
        return octets
    }

    /// The names of the parties are in no context.
    private static let anyNode: NodeName = "any"
}
