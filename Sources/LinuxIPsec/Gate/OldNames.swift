internal import IPPackets
internal import IPsec

/// What SAs were called before they came: their far ends still use those names, and other gateways pass such packets on.
///
/// Nothing in ESP protects the address that a packet is for, so that the kernel takes it under the new one.
struct OldNames: Sendable {
    private struct Name {
        let identifier: SAIdentifier
        /// Packets that came later are not its any more.
        var end: KernelTime?
    }

    private var names: [SAIdentifier: Name] = [:]

    mutating func adopt(_ new: [SAIdentifier: SAIdentifier]) {
        for (old, new) in new { names[old] = Name(identifier: new) }
    }

    mutating func retire(_ identifiers: [SAIdentifier], at time: KernelTime) {
        let retired = Set(identifiers)
        names = names.filter { $0.value.end.map { time < $0 } ?? true }
        for (old, name) in names where name.end == nil && retired.contains(name.identifier) { names[old]?.end = time }
    }

    /// The packet under the name that its SA has here, where it bears an old one.
    ///
    /// - Parameter identifier: the SA that it names.
    func renamed(_ octets: [UInt8], of identifier: SAIdentifier?, at time: KernelTime) -> [UInt8] {
        guard let identifier, let name = names[identifier], name.end.map({ time < $0 }) ?? true,
            let packet = try? IPPacket(octets)
        else { return octets }
        return packet.octets(to: name.identifier.destination) ?? octets
    }
}

extension IPPacket {
    /// The packet as one to another address of its family; `nil` for an address of another one. Of ESP, or of ESP in UDP,
    /// whose checksum over IPv4 is then none (RFC 3948 section 2.1).
    fileprivate func octets(to address: IPAddress) -> [UInt8]? {
        guard address.family == family else { return nil }
        var octets = octets
        octets.replaceSubrange(address.family == .v4 ? 16..<20 : 24..<40, with: address.octets)
        if address.family == .v4 {
            octets.put(0, at: 10)
            octets.put(IPv4Header.checksum(of: octets[..<payloadOffset]), at: 10)
        }
        guard nextProtocol == IPProtocol.udp, fragment == .whole || fragment == .first else { return octets }
        if address.family == .v4 {
            octets.put(0, at: payloadOffset + 6)
            return octets
        }
        return (try? IPPacket(octets)).map { $0.withTransportChecksum().octets } ?? octets
    }
}
