internal import IPsec

extension PacketEngine {
    /// Sends a packet on to another gateway, unchanged, in an IP tunnel (RFC 2003, RFC 2473).
    ///
    /// It is lost, and counted, when there is no target, when it came from there, or when no own address has the
    /// target's family and realm.
    mutating func forward(_ arrival: Arrival, to target: ForwardingTarget?, _ outputs: inout [EngineOutput]) {
        guard let target, let source = tunnelSource(towards: target),
            arrival.origin != .tunnel(from: ScopedAddress(target.address, realm: target.realm)),
            let octets = try? IPPacket.tunnelled(arrival.packet, from: source, to: target.address)
        else {
            counters.droppedInMove += 1
            return
        }
        outputs.append(.transmit(octets, realm: target.realm))
    }

    /// Never a virtual address: it may be on its way to the target.
    private func tunnelSource(towards target: ForwardingTarget) -> IPAddress? {
        configuration.addresses
            .filter { $0.realm == target.realm && $0.address.family == target.address.family }
            .map(\.address).min()
    }
}
