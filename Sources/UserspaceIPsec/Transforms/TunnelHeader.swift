internal import IPPackets
internal import IPsec

/// The outer header of tunnel mode, as an SA wants it (RFC 4301 section 5.1.2).
struct TunnelHeader: Sendable {
    let source: IPAddress
    let destination: IPAddress
    let copiesDSCP: Bool
    let dontFragment: DontFragment

    /// The header before `payloadCount` octets of `nextProtocol`, which enclose `inner`.
    ///
    /// ECN is copied (RFC 6040 section 4.1, normal mode). The Identification matters only where the packet may be
    /// fragmented (RFC 6864).
    func octets(
        for inner: IPPacket, nextProtocol: UInt8, payloadCount: Int, number: SequenceNumber
    ) throws(PacketError) -> [UInt8] {
        let isUnfragmentable =
            switch dontFragment {
            case .copy: inner.dontFragment
            case .set: true
            case .clear: false
            }
        return try IPPacket.header(
            from: source, to: destination, nextProtocol: nextProtocol,
            trafficClass: copiesDSCP ? inner.trafficClass : inner.trafficClass & 0x03,
            dontFragment: isUnfragmentable,
            identification: isUnfragmentable ? 0 : UInt16(truncatingIfNeeded: number.value),
            payloadCount: payloadCount)
    }
}
