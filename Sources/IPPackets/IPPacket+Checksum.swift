internal import IPsec

extension IPPacket {
    /// The packet with the checksum of its TCP or UDP computed: one that has not been on a wire yet may leave that to the
    /// device that would send it. A fragment, and any other protocol, stays as it is.
    package func withTransportChecksum() -> IPPacket {
        let place: Int
        switch nextProtocol {
        case IPProtocol.tcp: place = 16
        case IPProtocol.udp: place = 6
        default: return self
        }
        guard fragment == .whole, payload.count >= place + 2 else { return self }
        var octets = octets
        octets.put(0, at: payloadOffset + place)
        var sum = InternetChecksum()
        sum.add((source.octets + destination.octets)[...])
        sum.add(UInt32(nextProtocol))
        sum.add(UInt32(payload.count))
        sum.add(octets[payloadOffset...])
        // In UDP zero would mean that there is none (RFC 768).
        let value = sum.value == 0 && nextProtocol == IPProtocol.udp ? 0xffff : sum.value
        octets.put(value, at: payloadOffset + place)
        return (try? IPPacket(octets)) ?? self
    }
}
