package import IPsec

/// An SA as the plan sees it: its ends and what a gateway needs to be able to do, without keys or state.
package struct AssociationSpec: Hashable, Sendable {
    /// Unique among the SAs of a plan.
    package var name: String
    /// The plane whose paths decide its type.
    package var plane: Plane
    /// The sender.
    package var from: NodeName
    /// The receiver.
    package var to: NodeName
    /// What both ends have to support.
    package var suite: AlgorithmSuite
    /// Transport or tunnel.
    package var mode: ProtocolMode
    /// Whose it is; SAs of a static policy stay where they are (draft sections 5.2 and 7.1).
    package var origin: PolicyOrigin
    /// Why it cannot leave its gateway; `nil` where nothing keeps it.
    package var obstacle: MoveObstacle?

    /// From its parts.
    package init(
        name: String, plane: Plane, from: NodeName, to: NodeName, suite: AlgorithmSuite, mode: ProtocolMode,
        origin: PolicyOrigin, obstacle: MoveObstacle? = nil
    ) {
        self.obstacle = obstacle
        self.name = name
        self.plane = plane
        self.from = from
        self.to = to
        self.suite = suite
        self.mode = mode
        self.origin = origin
    }
}
