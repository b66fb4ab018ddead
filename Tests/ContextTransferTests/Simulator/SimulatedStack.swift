import ContextTransfer
import IPsec

/// The SAs of one simulated gateway: two at most, found by comparing, which is quicker than hashing.
struct SimulatedStack {
    struct Entry {
        var inForce = true
        var lastSent: UInt64 = 0
        var window: ReplayWindow?
        /// The move that put it in force here; `nil` for the first owner.
        var installedBy: MoveID?
    }

    private var inbound: Entry?
    private var outbound: Entry?

    subscript(identifier: SAIdentifier) -> Entry? {
        get { identifier.spi == SimulatedAssociations.identifiers[0].spi ? inbound : outbound }
        _modify {
            if identifier.spi == SimulatedAssociations.identifiers[0].spi { yield &inbound } else { yield &outbound }
        }
    }
}
