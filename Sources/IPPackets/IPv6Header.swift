package import IPsec

/// The header of an IPv6 packet (RFC 8200 section 3).
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |Version| Traffic Class |           Flow Label                  |
/// |         Payload Length        |  Next Header  |   Hop Limit   |
/// |                 Source Address (16 octets)                    |
/// |               Destination Address (16 octets)                 |
/// ```
package struct IPv6Header: Equatable, Sendable {
    /// The length in octets, extension headers not included.
    package static let count = 40

    /// DSCP in the upper six bits, ECN in the lower two (RFC 2474, RFC 3168).
    package var trafficClass: UInt8 = 0
    /// 20 bits.
    package var flowLabel: UInt32 = 0
    /// The routers that may still forward it.
    package var hopLimit: UInt8 = 64
    /// What comes behind the header: an extension header or the next layer protocol.
    package var nextHeader: UInt8
    package var source: IPAddress
    package var destination: IPAddress

    /// A header between two IPv6 addresses.
    package init(source: IPAddress, destination: IPAddress, nextHeader: UInt8) {
        precondition(source.family == .v6 && destination.family == .v6, "An IPv6 header has IPv6 addresses.")
        (self.source, self.destination, self.nextHeader) = (source, destination, nextHeader)
    }

    /// The header for `payloadCount` octets behind it, extension headers included.
    package func octets(payloadCount: Int) throws(PacketError) -> [UInt8] {
        guard let length = UInt16(exactly: payloadCount) else { throw .tooLong(payloadCount) }
        var octets: [UInt8] = []
        octets.reserveCapacity(Self.count + payloadCount)
        octets.append(bigEndian: 6 << 28 | UInt32(trafficClass) << 20 | flowLabel & 0xf_ffff)
        octets.append(bigEndian: length)
        octets.append(nextHeader)
        octets.append(hopLimit)
        octets.append(source)
        octets.append(destination)
        return octets
    }

    /// The header at the start of a packet, and the packet's total length, which is not above `octets.count`.
    /// Jumbograms (RFC 2675) are not understood.
    package static func parse(_ octets: [UInt8]) throws(PacketError) -> (header: IPv6Header, total: Int) {
        guard octets.count >= count else { throw .truncated(needed: count, available: octets.count) }
        guard octets[0] >> 4 == 6 else { throw .unknownVersion(octets[0] >> 4) }
        let total = count + Int(octets.bigEndian16(at: 4))
        guard octets.count >= total else { throw .truncated(needed: total, available: octets.count) }
        var header = IPv6Header(
            source: octets.address(.v6, at: 8), destination: octets.address(.v6, at: 24), nextHeader: octets[6])
        header.trafficClass = UInt8(truncatingIfNeeded: octets.bigEndian16(at: 0) >> 4)
        header.flowLabel = octets.bigEndian32(at: 0) & 0xf_ffff
        header.hopLimit = octets[7]
        return (header, total)
    }
}
