/// One simplex SA as one gateway has it (RFC 4301 section 4.4.2): the whole of what moves with it.
package struct SecurityAssociation: Equatable, Sendable {
    /// The operator's name for it, the same at both ends; not on the ESP wire.
    package var name: String
    /// Whose SA it is: the key of the user's profile and of the user's policies. Empty for the operator's own.
    package var user: String
    package var identifier: SAIdentifier
    /// The outer source address.
    package var source: IPAddress
    package var direction: Direction
    package var attributes: StaticAttributes
    package var state: DynamicAttributes

    package init(
        name: String, user: String, identifier: SAIdentifier, source: IPAddress, direction: Direction,
        attributes: StaticAttributes, state: DynamicAttributes? = nil
    ) {
        self.name = name
        self.user = user
        self.identifier = identifier
        self.source = source
        self.direction = direction
        self.attributes = attributes
        self.state = state ?? DynamicAttributes(fresh: attributes)
    }

    /// The address of the SA's other end, as seen from the gateway that has it.
    package var peer: IPAddress { direction == .inbound ? source : identifier.destination }
    /// The address of this end.
    package var local: IPAddress { direction == .inbound ? identifier.destination : source }
}
