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
    /// Whether it is for packets that came in and go on to another interface (Linux' direction `fwd`): beside one that is
    /// for packets to the gateway itself. It is inbound.
    package var isForwarding = false
    /// Its place as a stack has it that puts policies in order by a number, the lowest first; `nil` where it has none.
    package var priority: UInt32?
    /// What the stack has of it that nothing else stands for, such as its templates: for people.
    package var particulars: [String] = []

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

    /// `in`, `out`, or `forward`.
    package var way: String { isForwarding ? "forward" : direction.name }

    /// Whether the policy is for `packet`.
    package func matches(_ packet: PacketDescription) -> Bool { selectors.contains { $0.matches(packet) } }
}
