package import ForwardingPath

/// Something that a scenario does at a time.
package struct TimelineStep: Hashable, Sendable {
    /// What a step can do.
    package enum Action: Hashable, Sendable {
        /// Move SAs by name; where no ends are given, those that the plan says.
        case move([String], from: NodeName?, to: NodeName?)
        /// Move everything away from a gateway, to these, or to all that can take it.
        case drain(NodeName, to: [NodeName])
        /// Have a previous router lead the move of SAs by name, wherever on its paths they are.
        case lead([String], by: NodeName)
        /// A mobile node asks a new router for its contexts.
        case activate(NodeName, via: NodeName, TokenTampering?)
        /// A new router asks for the contexts of a mobile node.
        case request(NodeName, by: NodeName)
        /// A previous router has a new one set up the new path of a plane, while none is known.
        case seek(Plane, of: NodeName, via: NodeName)
        /// Change the paths of a plane.
        case path(PathPair)
    }

    /// Since the step before, or since traffic began.
    package var after: Duration
    /// What is done then.
    package var action: Action

    /// Of a move: what is done where an SPI is in use; `nil`: as the new gateway is configured.
    package var spiConflict: SPIConflictPolicy?
    /// Of a move: whether suites that the user's profile prefers are negotiated.
    package var upgrade = false
    /// Of a move: who must agree beside those whom the gateways' own rule names.
    package var approval: ApprovalPolicy?

    /// A step at once, or after a while.
    package init(after: Duration = .zero, action: Action) {
        (self.after, self.action) = (after, action)
    }
}
