import ContextTransfer
import IPsec

/// The SAs of one simulated gateway: a few at most, found by their place, which is quicker than hashing.
struct SimulatedStack {
    struct Entry {
        var inForce = true
        var lastSent: UInt64 = 0
        var window: ReplayWindow?
        /// The move that put it in force here; `nil` for the first owner.
        var installedBy: MoveID?
        /// What the gateway's end is called.
        var name: GatewayName
        /// How often it was renamed.
        var renamings: UInt32 = 0
        /// What it was called before, as long as packets are taken under that name too.
        var oldName: GatewayName?
        /// For sabotage: another window for the old name.
        var oldWindow: ReplayWindow?
    }

    private var entries = [Entry?](repeating: nil, count: SimulatedAssociations.lanes.count * 2)

    subscript(identifier: SAIdentifier) -> Entry? {
        get { entries[SimulatedAssociations.index(of: identifier)] }
        _modify { yield &entries[SimulatedAssociations.index(of: identifier)] }
    }
}
