/// Why octets are not the packet that they should be.
package enum PacketError: Error, Equatable, Sendable {
    /// The header, or the length that it states, goes beyond the end.
    case truncated(needed: Int, available: Int)
    /// The version field is neither 4 nor 6.
    case unknownVersion(UInt8)
    /// A length field contradicts itself: an IPv4 header under 20 octets, a total length under the header's.
    case impossibleLength(Int)
    /// The header checksum of IPv4 is wrong.
    case wrongChecksum
    /// IPsec protects whole packets in transport mode, and opens only whole ones (RFC 4303 section 3.3.4).
    case fragment
    /// The packet would exceed the 65,535 octets that its length field can say.
    case tooLong(Int)
    /// AH cannot tell what a router will make of it: a routing header that still has segments left, or a fragment
    /// header (RFC 4302 appendix A2).
    case unpredictable(header: UInt8)
}
