import ContextTransfer
import IPsec

/// An SA in the stack of one simulated node.
final class SimulatedSA {
    let place: SAPlace
    /// As the node has it; its dynamic state is beside it.
    var association: SecurityAssociation
    /// Where what went through its key is counted.
    let flow: Int
    var phase = SAPhase.inForce
    var lastSent: UInt64 = 0
    var window: ReplayWindow?
    /// The move that put it in force here; `nil` for the first owner, and where it was negotiated here.
    var installedBy: MoveID?
    /// How often its gateway's end was renamed.
    var renamings: UInt32 = 0
    /// What it was called before, as long as packets are taken under that name too.
    var oldName: GatewayName?
    /// For sabotage: another window for the old name.
    var oldWindow: ReplayWindow?
    /// When its age was zero.
    var established: Int

    init(_ association: SecurityAssociation, flow: Int, established: Int) {
        place = SimulatedAssociations.place(of: association.identifier)
        (self.association, self.flow, self.established) = (association, flow, established)
        window = association.state.window
    }

    var isInForce: Bool { phase == .inForce || phase == .dying }
    /// Whether its key is in the stack.
    var hasKey: Bool { phase != .ended }
    /// What the gateway's end is called.
    var name: GatewayName {
        GatewayName(
            spi: association.identifier.spi,
            address: place.goesToMobile ? association.source : association.identifier.destination)
    }
    /// When a limit in seconds is reached; `nil` where there is none.
    func end(of lifetime: Lifetime) -> Int? { lifetime.seconds.map { established + Int($0) * 1_000 } }

    /// What changes with each packet, at `now`.
    func state(at now: Int) -> DynamicAttributes {
        var state = DynamicAttributes()
        state.lastSent = SequenceNumber(lastSent)
        state.window = window
        state.renamings = renamings
        state.use.age = .milliseconds(now - established)
        return state
    }

    /// Calls the gateway's end otherwise.
    func rename(_ name: GatewayName) {
        association =
            (association.direction == .inbound) == place.goesToMobile
            ? association.withPeer(named: name) : association.named(name)
        renamings += 1
    }
}
