/// What lies between an IPv6 header and the next layer protocol (RFC 8200 section 4).
package struct IPv6ExtensionChain: Equatable {
    /// The next layer protocol; ESP and AH count as one, since whatever is behind them is theirs to tell.
    private(set) var nextProtocol: UInt8
    /// The index of the octet that names ``nextProtocol``.
    private(set) var protocolIndex = 6
    /// Where the next layer protocol starts.
    private(set) var payloadOffset = IPv6Header.count
    /// Where transport mode puts ESP or AH: behind the headers that routers on the way look at, before destination
    /// options for the last one (RFC 4303 section 3.1.1).
    private(set) var insertionOffset = IPv6Header.count
    /// The index of the octet that names what is at ``insertionOffset``.
    private(set) var insertionProtocolIndex = 6
    private(set) var fragment = FragmentPosition.whole

    /// Walks the extension headers of a packet of `total` octets, all of which are there.
    package init(_ octets: [UInt8], total: Int) throws(PacketError) {
        nextProtocol = octets[6]
        while Self.isExtension(nextProtocol), fragment != .later {
            let current = nextProtocol
            guard total >= payloadOffset + 8 else { throw .truncated(needed: payloadOffset + 8, available: total) }
            let count = current == IPProtocol.fragment ? 8 : (Int(octets[payloadOffset + 1]) + 1) * 8
            guard total >= payloadOffset + count else {
                throw .truncated(needed: payloadOffset + count, available: total)
            }
            if current == IPProtocol.fragment { fragment = Self.position(octets.bigEndian16(at: payloadOffset + 2)) }
            nextProtocol = octets[payloadOffset]
            protocolIndex = payloadOffset
            payloadOffset += count
            if current != IPProtocol.destinationOptions {
                (insertionOffset, insertionProtocolIndex) = (payloadOffset, protocolIndex)
            }
        }
    }

    private static func isExtension(_ number: UInt8) -> Bool {
        switch number {
        case IPProtocol.hopByHop, IPProtocol.routing, IPProtocol.fragment, IPProtocol.destinationOptions: true
        default: false
        }
    }

    /// From the offset and the M bit of a fragment header.
    private static func position(_ field: UInt16) -> FragmentPosition {
        if field >> 3 != 0 { return .later }
        return field & 1 != 0 ? .first : .whole
    }
}
