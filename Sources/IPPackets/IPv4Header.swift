package import IPsec

/// The header of an IPv4 packet (RFC 791 section 3.1).
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |Version|  IHL  |DSCP       |ECN|          Total Length         |
/// |         Identification        |0|D|M|     Fragment Offset     |
/// |  Time to Live |    Protocol   |         Header Checksum       |
/// |                       Source Address                          |
/// |                    Destination Address                        |
/// |                    Options                    |    Padding    |
/// ```
package struct IPv4Header: Equatable, Sendable {
    /// DSCP in the upper six bits, ECN in the lower two (RFC 2474, RFC 3168).
    package var trafficClass: UInt8 = 0
    /// Tells the fragments of one datagram from those of another.
    package var identification: UInt16 = 0
    /// The DF flag.
    package var dontFragment = false
    /// The MF flag: not the last fragment.
    package var moreFragments = false
    /// In units of 8 octets, 0 to 8191.
    package var fragmentOffset: UInt16 = 0
    /// The routers that may still forward it.
    package var timeToLive: UInt8 = 64
    /// What comes behind the header.
    package var nextProtocol: UInt8
    package var source: IPAddress
    package var destination: IPAddress
    /// A multiple of 4 octets, at most 40.
    package var options: [UInt8] = []

    /// A header between two IPv4 addresses.
    package init(source: IPAddress, destination: IPAddress, nextProtocol: UInt8) {
        precondition(source.family == .v4 && destination.family == .v4, "An IPv4 header has IPv4 addresses.")
        (self.source, self.destination, self.nextProtocol) = (source, destination, nextProtocol)
    }

    /// The length in octets, 20 to 60.
    package var count: Int { 20 + options.count }

    /// The header for `payloadCount` octets behind it, with its checksum.
    package func octets(payloadCount: Int) throws(PacketError) -> [UInt8] {
        let total = count + payloadCount
        guard let length = UInt16(exactly: total) else { throw .tooLong(total) }
        var octets: [UInt8] = []
        octets.reserveCapacity(total)
        octets.append(0x40 | UInt8(count / 4))
        octets.append(trafficClass)
        octets.append(bigEndian: length)
        octets.append(bigEndian: identification)
        octets.append(bigEndian: (dontFragment ? 0x4000 : 0) | (moreFragments ? 0x2000 : 0) | fragmentOffset & 0x1fff)
        octets.append(timeToLive)
        octets.append(nextProtocol)
        octets.append(bigEndian: UInt16(0))
        octets.append(source)
        octets.append(destination)
        octets += options
        octets.put(Self.checksum(of: octets[...]), at: 10)
        return octets
    }

    /// The header at the start of a packet, and the packet's total length, which is not above `octets.count`.
    package static func parse(_ octets: [UInt8]) throws(PacketError) -> (header: IPv4Header, total: Int) {
        guard octets.count >= 20 else { throw .truncated(needed: 20, available: octets.count) }
        guard octets[0] >> 4 == 4 else { throw .unknownVersion(octets[0] >> 4) }
        let count = Int(octets[0] & 0x0f) * 4
        guard count >= 20 else { throw .impossibleLength(count) }
        let total = Int(octets.bigEndian16(at: 2))
        guard total >= count else { throw .impossibleLength(total) }
        guard octets.count >= total else { throw .truncated(needed: total, available: octets.count) }
        guard checksum(of: octets[..<count]) == 0 else { throw .wrongChecksum }
        var header = IPv4Header(
            source: octets.address(.v4, at: 12), destination: octets.address(.v4, at: 16), nextProtocol: octets[9])
        let fragment = octets.bigEndian16(at: 6)
        header.trafficClass = octets[1]
        header.identification = octets.bigEndian16(at: 4)
        header.dontFragment = fragment & 0x4000 != 0
        header.moreFragments = fragment & 0x2000 != 0
        header.fragmentOffset = fragment & 0x1fff
        header.timeToLive = octets[8]
        if count > 20 { header.options = Array(octets[20..<count]) }
        return (header, total)
    }

    /// The checksum over a header; 0 over one whose checksum field is right.
    package static func checksum(of octets: ArraySlice<UInt8>) -> UInt16 {
        var checksum = InternetChecksum()
        checksum.add(octets)
        return checksum.value
    }
}
