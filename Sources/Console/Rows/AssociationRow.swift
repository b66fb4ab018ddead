import ForwardingPath
import GatewayAPI
import IPsec

/// One SA of one gateway, as it is listed.
struct AssociationRow {
    /// What names it.
    let key: AssociationKey
    /// The gateway that has it.
    let gateway: GatewayMirror
    /// The SA, with its rate.
    let association: MirroredAssociation

    /// As it was told last.
    var reported: ReportedAssociation { association.reported }

    /// The last number sent, or the highest received; `nil` for an inbound SA without anti-replay.
    var sequence: UInt64? {
        reported.direction == .outbound ? reported.traffic.lastSent.value : reported.traffic.windowHighest?.value
    }

    /// Packets refused.
    var errors: UInt64 {
        let counters = reported.traffic.counters
        return counters.replays &+ counters.integrityFailures &+ counters.selectorMismatches
    }

    /// The gateway that tells of it as well, where this is the mobile node: after an address moved only that one knows the
    /// SA's place on the paths.
    var holder: MirroredAssociation?
    var holderName: String?

    /// Its type; `nil` where it is not known.
    var type: SAType? { reported.type ?? holder?.reported.type }

    /// The node at its other end, or else the address.
    var peer: String { holderName ?? reported.peerName }

    /// Its two ends, the sender first.
    func ends(_ arrow: String) -> String {
        reported.direction == .inbound ? "\(peer) \(arrow) \(gateway.name)" : "\(gateway.name) \(arrow) \(peer)"
    }

    /// Since it was established, when our clock shows `now`.
    func secondsOld(at now: ClockTime) -> UInt64 {
        UInt64(clamping: association.age(at: gateway.clock(at: now)).components.seconds)
    }

    /// Seconds until it ends; `nil` when its life has no limit in time.
    func secondsLeft(at now: ClockTime) -> UInt64? {
        guard let limit = reported.hardLifetime.seconds else { return nil }
        let age = secondsOld(at: now)
        return limit > age ? limit - age : 0
    }
}
