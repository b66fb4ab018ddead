package import IPsec

extension PacketDescription {
    /// What policies look at in `packet` (RFC 4301 section 4.4.1.1).
    ///
    /// ICMP's type and code, and the type of a mobility header, stand in for both ports, so that a selector may name
    /// them at either side.
    package init(_ packet: IPPacket) {
        self.init(
            source: packet.source, destination: packet.destination, nextProtocol: packet.nextProtocol,
            dscp: packet.trafficClass >> 2)
        guard packet.fragment != .later, packet.payload.count >= 4 else { return }
        let start = packet.payloadOffset
        switch packet.nextProtocol {
        case IPProtocol.tcp, IPProtocol.udp, IPProtocol.udpLite, IPProtocol.sctp, IPProtocol.dccp:
            sourcePort = packet.octets.bigEndian16(at: start)
            destinationPort = packet.octets.bigEndian16(at: start + 2)
        case IPProtocol.icmp, IPProtocol.icmpv6:
            sourcePort = packet.octets.bigEndian16(at: start)
            destinationPort = sourcePort
        case IPProtocol.mobility:
            sourcePort = UInt16(packet.octets[start + 2]) << 8
            destinationPort = sourcePort
        default:
            break
        }
    }
}
