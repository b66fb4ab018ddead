/// What an SA is beside its SPI and its keys: what a new one in its place has in common with it.
package struct AssociationTemplate: Hashable, Sendable {
    package var name: String
    package var user: String
    /// The SA that the new one takes the place of; destination, protocol and realm stay.
    package var replaces: SAIdentifier
    package var source: IPAddress
    /// As seen from the node that has the template.
    package var direction: Direction
    /// The suite of the old SA.
    package var suite: AlgorithmSuite
    package var mode: ProtocolMode
    package var extendedSequenceNumbers: Bool
    package var endsAtOverflow: Bool
    /// `nil` when anti-replay is off.
    package var replayWindowSize: Int?
    package var softLifetime: Lifetime
    package var hardLifetime: Lifetime
    package var selectors: [TrafficSelector]
    package var encapsulation: UDPEncapsulation?
    package var copiesDSCP: Bool
    package var dontFragment: DontFragment

    /// From its parts.
    package init(
        name: String, user: String, replaces: SAIdentifier, source: IPAddress, direction: Direction,
        suite: AlgorithmSuite, mode: ProtocolMode, extendedSequenceNumbers: Bool, endsAtOverflow: Bool,
        replayWindowSize: Int?, softLifetime: Lifetime, hardLifetime: Lifetime, selectors: [TrafficSelector],
        encapsulation: UDPEncapsulation?, copiesDSCP: Bool, dontFragment: DontFragment
    ) {
        (self.name, self.user, self.replaces, self.source) = (name, user, replaces, source)
        (self.direction, self.suite, self.mode) = (direction, suite, mode)
        (self.extendedSequenceNumbers, self.endsAtOverflow) = (extendedSequenceNumbers, endsAtOverflow)
        self.replayWindowSize = replayWindowSize
        (self.softLifetime, self.hardLifetime) = (softLifetime, hardLifetime)
        (self.selectors, self.encapsulation) = (selectors, encapsulation)
        (self.copiesDSCP, self.dontFragment) = (copiesDSCP, dontFragment)
    }

    /// What stays of an SA.
    package init(_ association: SecurityAssociation) {
        let attributes = association.attributes
        (name, user, source) = (association.name, association.user, association.source)
        (replaces, direction, suite) = (association.identifier, association.direction, attributes.keys.suite)
        (mode, extendedSequenceNumbers) = (attributes.mode, attributes.extendedSequenceNumbers)
        (endsAtOverflow, replayWindowSize) = (attributes.endsAtOverflow, attributes.replayWindowSize)
        (softLifetime, hardLifetime) = (attributes.softLifetime, attributes.hardLifetime)
        (selectors, encapsulation) = (attributes.selectors, attributes.encapsulation)
        (copiesDSCP, dontFragment) = (attributes.copiesDSCP, attributes.dontFragment)
    }

    /// The identifier with another SPI.
    package func identifier(_ spi: SPI) -> SAIdentifier {
        SAIdentifier(
            spi: spi, destination: replaces.destination, securityProtocol: replaces.securityProtocol,
            realm: replaces.realm)
    }

    /// The new SA, unused.
    package func association(_ spi: SPI, keys: KeyedSuite) -> SecurityAssociation {
        var attributes = StaticAttributes(mode: mode, keys: keys)
        attributes.extendedSequenceNumbers = extendedSequenceNumbers
        attributes.endsAtOverflow = endsAtOverflow
        attributes.replayWindowSize = replayWindowSize
        (attributes.softLifetime, attributes.hardLifetime) = (softLifetime, hardLifetime)
        (attributes.selectors, attributes.encapsulation) = (selectors, encapsulation)
        (attributes.copiesDSCP, attributes.dontFragment) = (copiesDSCP, dontFragment)
        return SecurityAssociation(
            name: name, user: user, identifier: identifier(spi), source: source, direction: direction,
            attributes: attributes)
    }
}
