internal import IPPackets
internal import IPsec

/// Path MTU as RFC 4301 section 8.2 has it: learned for each outbound SA from ICMP, and told to those who send too much.
extension PacketEngine {
    /// What a packet for an outbound SA is sealed as: itself, or its fragments where it is too big for the SA's path and
    /// may be fragmented; nothing where its sender was told (RFC 4301 section 8.2.2).
    mutating func fitting(
        _ packet: IPPacket, _ entry: SADEntry, _ transform: PacketTransform, _ arrival: Arrival, now: Duration,
        _ outputs: inout [EngineOutput]
    ) -> [IPPacket] {
        let limit = Int(entry.pathMTU(egress: configuration.egressMTU))
        guard transform.sealedCount(packet) > limit else { return [packet] }
        let room = transform.room(for: packet, in: limit)
        // A protected packet is whole at its end, or cannot be opened.
        let isProtected = packet.nextProtocol == IPProtocol.esp || packet.nextProtocol == IPProtocol.ah
        if transform.takesFragments, !isProtected, let fragments = packet.fragments(mtu: room) { return fragments }
        counters.tooBig += 1
        guard let source = noticeSource(packet.family, arrival.realm),
            let notice = TooBigNotice.octets(about: packet, mtu: room, from: source),
            let parsed = try? IPPacket(notice)
        else { return [] }
        if learn(from: parsed, realm: arrival.realm, now: now) {
            // The inner SA of a bundle: its own path is narrower than its link.
        } else if isLocal(ScopedAddress(parsed.destination, realm: arrival.realm)) {
            outputs.append(.deliver(notice, realm: arrival.realm))
        } else if let answer = arrival.inner(parsed, origin: .host) {
            processOutbound(answer, now: now, &outputs)
        }
        return []
    }

    /// Takes in what a router says of a packet of an outbound SA (RFC 4301 section 8.2.1); `false` where it is about
    /// something else.
    ///
    /// Nobody vouches for it: so it must quote an SA that is here, and never takes a path below what every link carries.
    mutating func learn(from packet: IPPacket, realm: Realm, now: Duration) -> Bool {
        guard let notice = TooBigNotice(packet), let quoted = notice.quotedParts,
            let identifier = Self.identifier(quoted.proto, quoted.content, to: quoted.destination, realm),
            let index = entries.index(forKey: identifier),
            entries.values[index].association.direction == .outbound,
            entries.values[index].association.source == quoted.source
        else { return false }
        let least: UInt16 = packet.family == .v4 ? 576 : 1_280
        entries.values[index].learn(
            max(notice.mtu, least), below: configuration.egressMTU, now: now)
        return true
    }

    private static func identifier(
        _ proto: UInt8, _ content: ArraySlice<UInt8>, to destination: IPAddress, _ realm: Realm
    ) -> SAIdentifier? {
        let octets = Array(content)
        let (start, kind): (Int, SecurityProtocol)
        switch proto {
        case IPProtocol.esp: (start, kind) = (0, .esp)
        case IPProtocol.udp: (start, kind) = (8, .esp)
        case IPProtocol.ah: (start, kind) = (4, .ah)
        default: return nil
        }
        guard octets.count >= start + 4, let spi = SPI(octets.bigEndian32(at: start)) else { return nil }
        return SAIdentifier(spi: spi, destination: destination, securityProtocol: kind, realm: realm)
    }

    private func noticeSource(_ family: AddressFamily, _ realm: Realm) -> IPAddress? {
        let own = { (addresses: Set<ScopedAddress>) in
            addresses.filter { $0.realm == realm && $0.address.family == family }.map(\.address).min()
        }
        return own(configuration.addresses) ?? own(virtualAddresses)
    }
}
