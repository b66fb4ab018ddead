internal import IPPackets
internal import IPsec

extension PacketEngine {
    /// Sends a packet of a quiesced SA on to where the SA goes, except one that came from there.
    ///
    /// That one was given back, because the SA will not go there after all, or it was sent before the other gateway
    /// knew that the SA comes: it waits until the move is settled.
    mutating func passOn(_ arrival: Arrival, of entry: SADEntry, _ outputs: inout [EngineOutput]) {
        guard let target = entry.forwarding, arrival.tunnelStart?.address == target.address
        else { return forward(arrival, to: entry.forwarding, &outputs) }
        let waiting = HeldPackets(limit: configuration.heldPackets)
        let isKept = returned[entry.association.identifier, default: waiting].hold(arrival)
        if !isKept { counters.droppedInMove += 1 }
    }

    /// Sends a packet on to another gateway, unchanged, in an IP tunnel (RFC 2003, RFC 2473).
    ///
    /// A packet may need several such tunnels, one after the other, when SAs move faster than it does; the hop limit
    /// of the tunnels bounds their number. It is lost, and counted, when there is no target, or when no own address has
    /// the target's family and realm.
    mutating func forward(_ arrival: Arrival, to target: ForwardingTarget?, _ outputs: inout [EngineOutput]) {
        guard arrival.onwardHopLimit > 0 else {
            counters.hopLimitReached += 1
            return
        }
        guard let target, let (source, realm) = tunnelSource(towards: target, arrival.realm),
            let octets = try? IPPacket.tunnelled(
                arrival.packet, from: source, to: target.address, hopLimit: arrival.onwardHopLimit)
        else {
            counters.droppedInMove += 1
            return
        }
        outputs.append(.transmit(octets, realm: realm))
    }

    /// Never a virtual address: it may be on its way to the target. In the packet's own realm where both gateways are in
    /// it, so that the other one knows whose packet it is.
    private func tunnelSource(towards target: ForwardingTarget, _ realm: Realm) -> (IPAddress, Realm)? {
        for realm in [realm, target.realm] {
            guard realm == target.realm || peers.contains(ScopedAddress(target.address, realm: realm)) else { continue }
            let own = configuration.addresses.filter {
                $0.realm == realm && $0.address.family == target.address.family
            }
            if let source = own.map(\.address).min() { return (source, realm) }
        }
        return nil
    }
}
