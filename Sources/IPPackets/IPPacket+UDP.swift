package import IPsec

extension IPPacket {
    /// The octets of a packet with one UDP datagram and its checksum: what traffic of the demo and of tests is.
    package static func udp(
        from source: IPAddress, to destination: IPAddress, ports: UDPHeader, trafficClass: UInt8 = 0,
        hopLimit: UInt8 = 64, dontFragment: Bool = false, identification: UInt16 = 0,
        content: some Collection<UInt8>
    ) throws(PacketError) -> [UInt8] {
        var datagram = try ports.octets(contentCount: content.count)
        datagram.append(contentsOf: content)
        datagram.put(UDPHeader.checksum(of: datagram[...], from: source, to: destination), at: 6)
        return try build(
            from: source, to: destination, nextProtocol: IPProtocol.udp, trafficClass: trafficClass,
            hopLimit: hopLimit, dontFragment: dontFragment, identification: identification, payload: datagram)
    }

    /// The datagram that the packet carries whole; `nil` when it carries something else.
    package var udp: (header: UDPHeader, content: ArraySlice<UInt8>)? {
        guard nextProtocol == IPProtocol.udp, fragment == .whole else { return nil }
        return try? UDPHeader.parse(payload)
    }
}
