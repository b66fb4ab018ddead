package import IPsec

extension IPPacket {
    /// The octets of `packet`, unchanged, in an IP tunnel between two gateways (RFC 2003, RFC 2473).
    ///
    /// Nothing may be fragmented or lost on the way because of it, so "don't fragment" is never set.
    ///
    /// - Parameter hopLimit: Of the tunnel's own header, in hops.
    package static func tunnelled(
        _ packet: IPPacket, from source: IPAddress, to destination: IPAddress, hopLimit: UInt8 = 64
    ) throws(PacketError) -> [UInt8] {
        try build(
            from: source, to: destination,
            nextProtocol: packet.family == .v4 ? IPProtocol.ipv4 : IPProtocol.ipv6,
            trafficClass: packet.trafficClass, hopLimit: hopLimit, identification: packet.identification,
            payload: packet.octets)
    }

    /// The packet inside an IP tunnel's packet; `nil` when this is none.
    package func detunnelled() throws(PacketError) -> IPPacket? {
        guard nextProtocol == IPProtocol.ipv4 || nextProtocol == IPProtocol.ipv6 else { return nil }
        guard fragment == .whole else { throw .fragment }
        let inner = try IPPacket(Array(payload))
        guard inner.family == (nextProtocol == IPProtocol.ipv4 ? .v4 : .v6) else {
            throw .unknownVersion(inner.family.rawValue)
        }
        return inner
    }
}
