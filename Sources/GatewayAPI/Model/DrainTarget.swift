package import ForwardingPath

/// What a gateway took of a drain.
package struct DrainTarget: Hashable, Sendable {
    package let gateway: NodeName
    /// Moves to it that are completed.
    package var moves: Int
    /// Their SAs.
    package var associations: Int

    /// From its parts.
    package init(gateway: NodeName, moves: Int, associations: Int) {
        (self.gateway, self.moves, self.associations) = (gateway, moves, associations)
    }
}
