/// One entry of an SPD (RFC 4301 section 4.4.1).
package struct Policy: Equatable, Sendable {
    /// Unique at one gateway.
    package var name: String
    package var direction: Direction
    /// The policy is for a packet that any of these matches.
    package var selectors: [TrafficSelector]
    package var action: PolicyAction
    package var origin: PolicyOrigin
    /// The SA that `protect` uses; for inbound traffic the one that it must have come through.
    package var association: SAIdentifier?

    package init(
        name: String, direction: Direction, selectors: [TrafficSelector], action: PolicyAction,
        origin: PolicyOrigin, association: SAIdentifier? = nil
    ) {
        self.name = name
        self.direction = direction
        self.selectors = selectors
        self.action = action
        self.origin = origin
        self.association = association
    }

    /// Whether the policy is for `packet`.
    package func matches(_ packet: PacketDescription) -> Bool { selectors.contains { $0.matches(packet) } }
}
