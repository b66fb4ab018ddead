internal import IPPackets
internal import IPsec

/// The part of a packet that names its SA: SPI and sequence number, with what they protect.
struct ProtectedPart {
    var identifier: SAIdentifier
    /// The part of the sequence number that is on the wire.
    let low: UInt32
    /// From the SPI (ESP) or the AH header on.
    let content: ArraySlice<UInt8>
    /// The ports, where ESP travels in UDP (RFC 3948).
    let ports: UDPHeader?

    /// `nil` for a packet in the clear, for a fragment, for IKE and for a NAT keepalive. A UDP datagram only may be
    /// ESP: that is for the SAD to say.
    init?(_ packet: IPPacket, realm: Realm) throws(PacketError) {
        guard packet.fragment == .whole else { return nil }
        switch packet.nextProtocol {
        case IPProtocol.esp:
            guard packet.payload.count >= 8 else { throw .truncated(needed: 8, available: packet.payload.count) }
            ports = nil
            content = packet.payload
        case IPProtocol.ah:
            ports = nil
            content = packet.payload
            let header = try AHHeader(parsing: content)
            guard let spi = SPI(header.spi) else { return nil }
            low = header.number
            identifier = SAIdentifier(
                spi: spi, destination: packet.destination, securityProtocol: .ah, realm: realm)
            return
        case IPProtocol.udp:
            // The non-ESP marker of IKE is an SPI of zero, a keepalive is one octet (RFC 3948 sections 2.2, 2.3).
            guard let udp = packet.udp, udp.content.count >= 8 else { return nil }
            ports = udp.header
            content = udp.content
        default:
            return nil
        }
        let start = content.startIndex
        guard let spi = SPI(packet.octets.bigEndian32(at: start)) else { return nil }
        low = packet.octets.bigEndian32(at: start + 4)
        identifier = SAIdentifier(spi: spi, destination: packet.destination, securityProtocol: .esp, realm: realm)
    }

    /// Whether an SA with that encapsulation would have packets arrive in this way. The sender's port is not looked
    /// at: a NAT may change it.
    func fits(_ encapsulation: UDPEncapsulation?) -> Bool { ports?.destination == encapsulation?.destination }

    /// Whether nothing but ESP or AH can be meant, even where no SA is known.
    var isCertain: Bool { ports == nil || ports?.destination == UDPEncapsulation().destination }
}
