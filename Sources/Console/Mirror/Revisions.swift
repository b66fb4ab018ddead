/// How often things of each kind have changed: tells whether a list that was made of them is still right.
package struct Revisions: Hashable, Sendable {
    /// Whether a gateway is reached, and who it is.
    package var gateways = 0
    /// SAs that came, went or changed otherwise than by their packets.
    package var associations = 0
    /// Packets of SAs.
    package var traffic = 0
    /// Entries of an SPD.
    package var policies = 0
    /// Paths of a plane.
    package var paths = 0
    /// Moves.
    package var moves = 0
    /// Events.
    package var events = 0
    /// What became of a drain's moves, as far as it was asked for.
    package var drained = 0

    /// Updates that came, whatever they told.
    package var updates = 0

    /// Counts a change of everything.
    mutating func bumpAll() {
        gateways += 1
        associations += 1
        traffic += 1
        policies += 1
        paths += 1
        moves += 1
        events += 1
    }

    /// Counts what was counted elsewhere between two readings.
    mutating func add(changesFrom before: Revisions, to after: Revisions) {
        gateways += after.gateways - before.gateways
        associations += after.associations - before.associations
        traffic += after.traffic - before.traffic
        policies += after.policies - before.policies
        paths += after.paths - before.paths
        moves += after.moves - before.moves
        events += after.events - before.events
        updates += after.updates - before.updates
    }
}
