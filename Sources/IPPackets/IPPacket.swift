package import IPsec

/// A well-formed IPv4 or IPv6 packet: its octets, and where in them things are.
package struct IPPacket: Equatable, Sendable {
    /// The whole packet, exactly as long as its header says: what came behind it is cut off (RFC 4303 section 2.7,
    /// traffic flow confidentiality padding).
    package private(set) var octets: [UInt8]
    package let family: AddressFamily
    package let source: IPAddress
    package let destination: IPAddress
    /// The next layer protocol, behind the extension headers.
    package let nextProtocol: UInt8
    /// Which part of a datagram it holds.
    package let fragment: FragmentPosition
    /// Always set in IPv6, which routers never fragment.
    package let dontFragment: Bool
    /// Where the next layer protocol starts.
    package let payloadOffset: Int
    /// The index of the octet that names ``nextProtocol``.
    package let protocolIndex: Int
    /// Where transport mode puts ESP or AH (RFC 4303 section 3.1.1).
    package let insertionOffset: Int
    /// The index of the octet that names what is at ``insertionOffset``.
    package let insertionProtocolIndex: Int

    /// The packet at the start of `octets`.
    package init(_ octets: [UInt8]) throws(PacketError) {
        guard let first = octets.first else { throw .truncated(needed: 1, available: 0) }
        switch first >> 4 {
        case 4: try self.init(v4: octets)
        case 6: try self.init(v6: octets)
        default: throw .unknownVersion(first >> 4)
        }
    }

    /// The next layer protocol's header and what it carries.
    package var payload: ArraySlice<UInt8> { octets[payloadOffset...] }

    /// DSCP in the upper six bits, ECN in the lower two.
    package var trafficClass: UInt8 {
        get { family == .v4 ? octets[1] : UInt8(truncatingIfNeeded: octets.bigEndian16(at: 0) >> 4) }
        set { setTrafficClass(newValue) }
    }

    /// Time to live, or hop limit.
    package var hopLimit: UInt8 {
        get { octets[family == .v4 ? 8 : 7] }
        set {
            octets[family == .v4 ? 8 : 7] = newValue
            if family == .v4 { renewChecksum() }
        }
    }

    /// The Identification of IPv4; 0 in IPv6.
    package var identification: UInt16 { family == .v4 ? octets.bigEndian16(at: 4) : 0 }

    private init(v4 octets: [UInt8]) throws(PacketError) {
        let (header, total) = try IPv4Header.parse(octets)
        self.octets = total == octets.count ? octets : Array(octets[..<total])
        family = .v4
        source = header.source
        destination = header.destination
        nextProtocol = header.nextProtocol
        fragment = header.fragmentOffset != 0 ? .later : header.moreFragments ? .first : .whole
        dontFragment = header.dontFragment
        (payloadOffset, protocolIndex) = (header.count, 9)
        (insertionOffset, insertionProtocolIndex) = (header.count, 9)
    }

    private init(v6 octets: [UInt8]) throws(PacketError) {
        let (header, total) = try IPv6Header.parse(octets)
        let chain = try IPv6ExtensionChain(octets, total: total)
        self.octets = total == octets.count ? octets : Array(octets[..<total])
        family = .v6
        source = header.source
        destination = header.destination
        nextProtocol = chain.nextProtocol
        fragment = chain.fragment
        dontFragment = true
        (payloadOffset, protocolIndex) = (chain.payloadOffset, chain.protocolIndex)
        (insertionOffset, insertionProtocolIndex) = (chain.insertionOffset, chain.insertionProtocolIndex)
    }

    private mutating func setTrafficClass(_ value: UInt8) {
        if family == .v4 {
            octets[1] = value
            renewChecksum()
        } else {
            octets[0] = 0x60 | value >> 4
            octets[1] = octets[1] & 0x0f | value << 4
        }
    }

    private mutating func renewChecksum() {
        octets.put(0, at: 10)
        octets.put(IPv4Header.checksum(of: octets[..<payloadOffset]), at: 10)
    }
}
