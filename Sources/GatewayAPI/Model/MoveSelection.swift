package import ForwardingPath

/// Which SAs a plan or a move is about, and where they should go.
package struct MoveSelection: Hashable, Sendable {
    /// Names of SAs; empty for all.
    package var names: [String]
    /// The gateway that they leave; `nil` to follow the paths.
    package var from: NodeName?
    /// The gateway that they go to; `nil` to follow the paths.
    package var to: NodeName?

    /// From its parts.
    package init(names: [String] = [], from: NodeName? = nil, to: NodeName? = nil) {
        (self.names, self.from, self.to) = (names, from, to)
    }
}
