internal import IPPackets
internal import IPsec

/// A packet on its way through the engine, with what is known of where it was.
struct Arrival {
    let packet: IPPacket
    let realm: Realm
    let origin: PacketOrigin
    /// How many headers were taken off or put on; at ``limit`` no more are.
    let depth: Int

    /// Deeper than any bundle of SAs: what goes on further is a loop.
    static let limit = 8

    /// Where the IP tunnel in which it came started; `nil` when it came in none.
    var tunnelStart: ScopedAddress? {
        if case .tunnel(let start, _) = origin { start } else { nil }
    }

    /// The hop limit of the IP tunnel in which it goes on, in hops; at 0 it does not.
    var onwardHopLimit: UInt8 {
        if case .tunnel(_, let hopLimit) = origin { max(hopLimit, 1) - 1 } else { 64 }
    }

    init(_ packet: IPPacket, realm: Realm, origin: PacketOrigin, depth: Int = 0) {
        (self.packet, self.realm, self.origin, self.depth) = (packet, realm, origin, depth)
    }

    /// The packet that was inside this one; `nil` when that goes too deep.
    func inner(_ packet: IPPacket, origin: PacketOrigin) -> Arrival? {
        depth < Self.limit ? Arrival(packet, realm: realm, origin: origin, depth: depth + 1) : nil
    }
}
