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
    /// The packets that it carries, by itself or by the policies that use it; empty where that may be any, or was not told.
    package var selectors: [TrafficSelector]
    /// Why it cannot leave its gateway; `nil` where nothing keeps it.
    package var obstacle: MoveObstacle?

    package init(
        offer: AssociationOffer, source: IPAddress, direction: Direction, user: String, pathMTU: UInt16? = nil,
        contextOctets: UInt32? = nil, selectors: [TrafficSelector] = [], obstacle: MoveObstacle? = nil
    ) {
        self.obstacle = obstacle
        self.contextOctets = contextOctets
        self.selectors = selectors
        self.offer = offer
        self.source = source
        self.direction = direction
        self.user = user
        self.pathMTU = pathMTU
    }

    /// - Parameter policies: those that use the SA; an SA that has no selectors itself carries what they have it carry.
    package init(_ association: SecurityAssociation, policies: [Policy] = []) {
        let own = association.attributes.selectors
        let selectors =
            own.isEmpty ? policies.filter { $0.direction == association.direction }.flatMap(\.selectors) : own
        self.init(
            offer: AssociationOffer(association), source: association.source, direction: association.direction,
            user: association.user, pathMTU: association.state.pathMTU?.octets,
            selectors: selectors.count > Self.mostSelectors ? [] : selectors)
    }

    /// More are not told, and it may then be any packet that it carries.
    private static let mostSelectors = 16

    /// Whether another SA's packets may go through this one (iterated tunneling; RFC 2401 section 4.3).
    package func carries(_ inner: AssociationSummary) -> Bool {
        guard offer.mode == .tunnel, offer.identifier.realm == inner.offer.identifier.realm else { return false }
        let securityProtocol = inner.offer.identifier.securityProtocol
        var packets = [
            PacketDescription(
                source: inner.source, destination: inner.offer.identifier.destination,
                nextProtocol: securityProtocol.rawValue)
        ]
        // Whether a NAT made it go in UDP was not told.
        if securityProtocol == .esp, var packet = packets.first {
            packet.nextProtocol = Self.udp
            (packet.sourcePort, packet.destinationPort) = (Self.natPort, Self.natPort)
            packets.append(packet)
        }
        guard !selectors.isEmpty else { return true }
        return selectors.contains { selector in
            var selector = selector
            // What its packets are marked with was not told.
            selector.dscp = nil
            return packets.contains(where: selector.matches)
        }
    }

    private static let udp: UInt8 = 17
    /// RFC 3948.
    private static let natPort: UInt16 = 4_500

    /// The address of the other end, as seen from the gateway.
    package var farAddress: IPAddress { direction == .inbound ? source : offer.identifier.destination }
    /// The address of the gateway's end.
    package var nearAddress: IPAddress { direction == .inbound ? offer.identifier.destination : source }
}
