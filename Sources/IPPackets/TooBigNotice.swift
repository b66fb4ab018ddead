package import IPsec

/// The ICMP message that a packet is larger than the link to the next hop takes, and may not be fragmented:
/// "fragmentation needed" (RFC 1191 section 4), or "packet too big" (RFC 4443 section 3.2).
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |     Type      |     Code      |          Checksum             |
/// |  unused (ICMPv4) or upper half of the MTU |     MTU           |
/// |               As much of the packet as fits                   |
/// ```
package struct TooBigNotice: Equatable, Sendable {
    /// Of the next hop's link, in octets.
    package let mtu: UInt16
    /// The start of the packet that was too big.
    package let quoted: [UInt8]

    private static let headerCount = 8
    /// RFC 1812 section 4.3.2.3, RFC 4443 section 2.4: the notice itself is no larger.
    private static let largest = [AddressFamily.v4: 576, .v6: 1_280]

    /// What a packet says, if it is such a notice with a right checksum.
    package init?(_ packet: IPPacket) {
        guard packet.fragment == .whole, packet.payload.count > Self.headerCount else { return nil }
        let octets = Array(packet.payload)
        guard Self.sum(of: octets[...], packet.family, packet.source, packet.destination) == 0 else { return nil }
        switch packet.nextProtocol {
        case IPProtocol.icmp where packet.family == .v4 && octets[0] == 3 && octets[1] == 4:
            mtu = octets.bigEndian16(at: 6)
        case IPProtocol.icmpv6 where packet.family == .v6 && octets[0] == 2:
            mtu = UInt16(clamping: octets.bigEndian32(at: 4))
        default: return nil
        }
        quoted = Array(octets[Self.headerCount...])
    }

    /// The notice to the sender of a packet; `nil` where none may be sent: about an ICMP message, or a later fragment
    /// (RFC 1122 section 3.2.2).
    package static func octets(about packet: IPPacket, mtu: Int, from source: IPAddress) -> [UInt8]? {
        guard packet.nextProtocol != IPProtocol.icmp, packet.nextProtocol != IPProtocol.icmpv6,
            packet.fragment != .later, source.family == packet.family, let mtu = UInt16(exactly: mtu)
        else { return nil }
        let isV4 = packet.family == .v4
        var message: [UInt8] = isV4 ? [3, 4, 0, 0, 0, 0] : [2, 0, 0, 0, 0, 0]
        message.append(bigEndian: mtu)
        let room = (largest[packet.family] ?? 576) - (isV4 ? 20 : IPv6Header.count) - headerCount
        message += packet.octets.prefix(room)
        message.put(sum(of: message[...], packet.family, source, packet.source), at: 2)
        return try? IPPacket.build(
            from: source, to: packet.source, nextProtocol: isV4 ? IPProtocol.icmp : IPProtocol.icmpv6,
            payload: message)
    }

    /// Source, destination, protocol and what follows, of the quoted packet; `nil` where extension headers come first.
    package var quotedParts: (source: IPAddress, destination: IPAddress, proto: UInt8, content: ArraySlice<UInt8>)? {
        guard let first = quoted.first else { return nil }
        let isV4 = first >> 4 == 4
        let count = isV4 ? Int(first & 0x0f) * 4 : IPv6Header.count
        guard isV4 || first >> 4 == 6, count >= 20, quoted.count >= count else { return nil }
        let family: AddressFamily = isV4 ? .v4 : .v6
        return (
            quoted.address(family, at: isV4 ? 12 : 8), quoted.address(family, at: isV4 ? 16 : 24),
            quoted[isV4 ? 9 : 6], quoted[count...]
        )
    }

    /// ICMPv6 covers a pseudo-header (RFC 4443 section 2.3), ICMPv4 only itself.
    private static func sum(
        of message: ArraySlice<UInt8>, _ family: AddressFamily, _ source: IPAddress, _ destination: IPAddress
    ) -> UInt16 {
        var checksum = InternetChecksum()
        if family == .v6 {
            for address in [source, destination] { checksum.add(address.octets[...]) }
            checksum.add(UInt32(message.count))
            checksum.add(UInt32(IPProtocol.icmpv6))
        }
        checksum.add(message)
        return checksum.value
    }
}
