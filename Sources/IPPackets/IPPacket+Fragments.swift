internal import IPsec

extension IPPacket {
    /// The fragments of an IPv4 packet, each at most `mtu` octets long (RFC 791 section 3.2); `nil` where it may not be
    /// fragmented, or has options, which this stack does not sort out.
    package func fragments(mtu: Int) -> [IPPacket]? {
        guard family == .v4, !dontFragment, payloadOffset == 20 else { return nil }
        let room = (mtu - 20) / 8 * 8
        guard room >= 8, let (header, _) = try? IPv4Header.parse(octets) else { return nil }
        var fragments: [IPPacket] = []
        var start = payload.startIndex
        while start < payload.endIndex {
            let end = min(start + room, payload.endIndex)
            var own = header
            own.fragmentOffset += UInt16((start - payload.startIndex) / 8)
            own.moreFragments = header.moreFragments || end < payload.endIndex
            let part = payload[start..<end]
            guard let octets = try? own.octets(payloadCount: part.count) + part, let packet = try? IPPacket(octets)
            else {
                return nil
            }
            fragments.append(packet)
            start = end
        }
        return fragments
    }
}
