package import IPPackets
package import IPsec

/// All that one SA does to packets: from packet to protected packet and back.
///
/// Made once when the SA is installed; the keys are worked in then. It knows nothing of counters and windows.
package struct PacketTransform: Sendable {
    /// What came out of a protected packet.
    package enum Opened: Equatable, Sendable {
        /// The packet as it was before it was protected.
        case packet(IPPacket)
        /// Traffic flow confidentiality: made to be thrown away (RFC 4303 section 2.6).
        case dummy
        /// Its ICV is right, so that its number counts as received; yet what it holds is of no use.
        case unusable(TransformError)
    }

    private enum Kind: Sendable {
        case esp(ESPTransform)
        case ah(AHTransform)
    }

    private let kind: Kind
    private let mode: ProtocolMode
    private let header: TunnelHeader
    private let encapsulation: UDPEncapsulation?

    /// `nil` when the identifier's protocol and the suite do not go together, or AH is to be encapsulated in UDP.
    package init?(_ association: SecurityAssociation) {
        let identifier = association.identifier
        let attributes = association.attributes
        let isExtended = attributes.extendedSequenceNumbers
        switch identifier.securityProtocol {
        case .esp:
            guard
                let esp = ESPTransform(
                    spi: identifier.spi, keys: attributes.keys, extendedSequenceNumbers: isExtended)
            else { return nil }
            kind = .esp(esp)
        case .ah:
            guard attributes.encapsulation == nil,
                let ah = AHTransform(spi: identifier.spi, keys: attributes.keys, extendedSequenceNumbers: isExtended)
            else { return nil }
            kind = .ah(ah)
        }
        guard association.source.family == identifier.destination.family, attributes.mode != .other else { return nil }
        mode = attributes.mode
        encapsulation = attributes.encapsulation
        header = TunnelHeader(
            source: association.source, destination: identifier.destination,
            copiesDSCP: attributes.copiesDSCP, dontFragment: attributes.dontFragment)
    }

    /// The octets that the SA protects of a packet: all of it in tunnel mode, what IP carries in transport mode.
    package func payloadCount(_ packet: IPPacket) -> Int {
        mode == .tunnel ? packet.octets.count : packet.octets.count - packet.insertionOffset
    }

    /// The length of the packet that a packet becomes, in octets.
    package func sealedCount(_ packet: IPPacket) -> Int {
        let payload = payloadCount(packet)
        let headers = mode == .tunnel ? outerHeaderCount : packet.insertionOffset
        switch kind {
        case .esp(let esp):
            return headers + (encapsulation == nil ? 0 : UDPHeader.count) + esp.count(payloadCount: payload)
        case .ah(let ah): return headers + ah.count(header.source.family) + payload
        }
    }

    /// The length of the largest packet like this one that becomes no longer than `limit`, in octets.
    package func room(for packet: IPPacket, in limit: Int) -> Int {
        var overhead = mode == .tunnel ? outerHeaderCount : 0
        switch kind {
        case .esp(let esp): overhead += (encapsulation == nil ? 0 : UDPHeader.count) + esp.largestOverhead
        case .ah(let ah): overhead += ah.count(header.source.family)
        }
        return max(68, limit - overhead)
    }

    /// Whether fragments may be sealed: tunnel mode alone takes them (RFC 4303 section 3.3.4).
    package var takesFragments: Bool { mode == .tunnel }

    private var outerHeaderCount: Int { header.source.family == .v4 ? 20 : IPv6Header.count }

    /// The octets of the protected packet, under a number that was never used before.
    package func seal(_ packet: IPPacket, number: SequenceNumber) throws(TransformError) -> [UInt8] {
        let payload: ArraySlice<UInt8>
        let nextHeader: UInt8
        switch mode {
        case .tunnel:
            payload = packet.octets[...]
            nextHeader = packet.family == .v4 ? IPProtocol.ipv4 : IPProtocol.ipv6
        case .transport:
            guard packet.source == header.source, packet.destination == header.destination else {
                throw .notBetweenTheEnds
            }
            guard packet.fragment == .whole else { throw .packet(.fragment) }
            payload = packet.octets[packet.insertionOffset...]
            nextHeader = packet.octets[packet.insertionProtocolIndex]
        case .other: preconditionFailure("An SA of another mode has no transform.")
        }
        switch kind {
        case .esp(let esp):
            return try seal(packet, payload, nextHeader: nextHeader, number: number, esp)
        case .ah(let ah):
            let family = header.source.family
            let headers = try headers(
                for: packet, IPProtocol.ah, payloadCount: ah.count(family) + payload.count, number: number)
            return try ah.seal(headers: headers, payload, nextHeader: nextHeader, number: number, family)
        }
    }

    /// Checks a protected packet, of which `number` is the whole sequence number, and gives back what was in it.
    /// Throws when the ICV is wrong, or is not reached.
    ///
    /// - Parameter ipsec: The part of `packet` from the SPI (ESP) or the AH header on.
    package func open(
        _ packet: IPPacket, _ ipsec: ArraySlice<UInt8>, number: SequenceNumber
    ) throws(TransformError) -> Opened {
        guard packet.fragment == .whole else { throw .packet(.fragment) }
        let payload: ArraySlice<UInt8>
        let nextHeader: UInt8
        switch kind {
        case .esp(let esp):
            let plaintext = try esp.open(ipsec, number: number)
            do {
                let (trailer, end) = try ESPTrailer.parse(plaintext)
                (payload, nextHeader) = (plaintext[..<end], trailer.nextHeader)
            } catch {
                return .unusable(error)
            }
        case .ah(let ah):
            (payload, nextHeader) = try ah.open(packet, number: number)
        }
        if nextHeader == IPProtocol.none { return .dummy }
        do {
            return try mode == .tunnel
                ? enclosed(payload, nextHeader, in: packet) : unwrapped(payload, nextHeader, in: packet)
        } catch {
            return .unusable(error)
        }
    }

    private func seal(
        _ packet: IPPacket, _ payload: ArraySlice<UInt8>, nextHeader: UInt8, number: SequenceNumber,
        _ esp: ESPTransform
    ) throws(TransformError) -> [UInt8] {
        let count = esp.count(payloadCount: payload.count)
        guard let encapsulation else {
            var sealed = try headers(for: packet, IPProtocol.esp, payloadCount: count, number: number)
            try esp.seal(payload, nextHeader: nextHeader, number: number, into: &sealed)
            return sealed
        }
        let udp = UDPHeader(source: encapsulation.source, destination: encapsulation.destination)
        var sealed = try headers(
            for: packet, IPProtocol.udp, payloadCount: UDPHeader.count + count, number: number)
        let start = sealed.count
        sealed += try TransformError.about { () throws(PacketError) in try udp.octets(contentCount: count) }
        try esp.seal(payload, nextHeader: nextHeader, number: number, into: &sealed)
        // RFC 3948 section 2.1 wants no checksum; IPv6 does not know "none" (RFC 8200 section 8.1).
        if header.source.family == .v6 {
            let checksum = UDPHeader.checksum(of: sealed[start...], from: header.source, to: header.destination)
            sealed.put(checksum, at: start + 6)
        }
        return sealed
    }

    private func headers(
        for packet: IPPacket, _ nextProtocol: UInt8, payloadCount: Int, number: SequenceNumber
    ) throws(TransformError) -> [UInt8] {
        try TransformError.about { () throws(PacketError) in
            mode == .tunnel
                ? try header.octets(for: packet, nextProtocol: nextProtocol, payloadCount: payloadCount, number: number)
                : try packet.headersForTransport(nextProtocol: nextProtocol, payloadCount: payloadCount)
        }
    }

    /// The packet that tunnel mode enclosed, with the congestion that was marked on its way.
    private func enclosed(_ payload: ArraySlice<UInt8>, _ nextHeader: UInt8, in outer: IPPacket)
        throws(TransformError) -> Opened
    {
        guard nextHeader == IPProtocol.ipv4 || nextHeader == IPProtocol.ipv6 else {
            throw .unexpectedContent(nextHeader: nextHeader)
        }
        var inner = try TransformError.about { () throws(PacketError) in try IPPacket(Array(payload)) }
        guard inner.family == (nextHeader == IPProtocol.ipv4 ? .v4 : .v6) else {
            throw .unexpectedContent(nextHeader: nextHeader)
        }
        let mark = CongestionMark(trafficClass: inner.trafficClass)
        let outerMark = CongestionMark(trafficClass: outer.trafficClass)
        guard let left = CongestionMark.leavingTunnel(inner: mark, outer: outerMark) else {
            throw .congestionUnmarked
        }
        if left != mark { inner.trafficClass = inner.trafficClass & 0xfc | left.rawValue }
        return .packet(inner)
    }

    /// The packet as it was before transport mode.
    private func unwrapped(_ payload: ArraySlice<UInt8>, _ nextHeader: UInt8, in outer: IPPacket)
        throws(TransformError) -> Opened
    {
        try TransformError.about { () throws(PacketError) in
            let headers = try outer.headersForPayload(nextProtocol: nextHeader, payloadCount: payload.count)
            return .packet(try IPPacket(headers + payload))
        }
    }
}
