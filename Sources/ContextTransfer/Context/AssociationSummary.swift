package import IPsec

/// What a gateway tells of an SA that it has: enough to plan with, and no key.
package struct AssociationSummary: Hashable, Sendable {
    package var offer: AssociationOffer
    /// The outer source address.
    package var source: IPAddress
    /// As seen from the gateway.
    package var direction: Direction
    /// Whose SA it is; empty for the operator's own.
    package var user: String
    /// In octets; `nil` where none was learned.
    package var pathMTU: UInt16?
    /// Of its static and dynamic context with the user's policies, as they would cross now; `nil` where it was not told.
    package var contextOctets: UInt32?

    package init(
        offer: AssociationOffer, source: IPAddress, direction: Direction, user: String, pathMTU: UInt16? = nil,
        contextOctets: UInt32? = nil
    ) {
        self.contextOctets = contextOctets
        self.offer = offer
        self.source = source
        self.direction = direction
        self.user = user
        self.pathMTU = pathMTU
    }

    package init(_ association: SecurityAssociation) {
        self.init(
            offer: AssociationOffer(association), source: association.source, direction: association.direction,
            user: association.user, pathMTU: association.state.pathMTU?.octets)
    }

    /// The address of the other end, as seen from the gateway.
    package var farAddress: IPAddress { direction == .inbound ? source : offer.identifier.destination }
    /// The address of the gateway's end.
    package var nearAddress: IPAddress { direction == .inbound ? offer.identifier.destination : source }
}
