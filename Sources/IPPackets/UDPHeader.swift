package import IPsec

/// The header of a UDP datagram (RFC 768).
package struct UDPHeader: Equatable, Sendable {
    /// The length in octets.
    package static let count = 8

    /// The port that it comes from.
    package var source: UInt16
    /// The port that it goes to.
    package var destination: UInt16

    /// A header between two ports.
    package init(source: UInt16, destination: UInt16) {
        (self.source, self.destination) = (source, destination)
    }

    /// The header of the datagram that `payload` is, and what the datagram carries.
    package static func parse(
        _ payload: ArraySlice<UInt8>
    ) throws(PacketError) -> (header: UDPHeader, content: ArraySlice<UInt8>) {
        guard payload.count >= count else { throw .truncated(needed: count, available: payload.count) }
        let start = payload.startIndex
        let word = { (index: Int) in UInt16(payload[start + index]) << 8 | UInt16(payload[start + index + 1]) }
        let length = Int(word(4))
        guard length >= count else { throw .impossibleLength(length) }
        guard payload.count >= length else { throw .truncated(needed: length, available: payload.count) }
        let header = UDPHeader(source: word(0), destination: word(2))
        return (header, payload[(start + count)..<(start + length)])
    }

    /// The header before `count` octets of content, without a checksum.
    package func octets(contentCount count: Int) throws(PacketError) -> [UInt8] {
        guard let length = UInt16(exactly: count + Self.count) else { throw .tooLong(count + Self.count) }
        var octets: [UInt8] = []
        octets.append(bigEndian: source)
        octets.append(bigEndian: destination)
        octets.append(bigEndian: length)
        octets.append(bigEndian: UInt16(0))
        return octets
    }

    /// The checksum of a datagram whose checksum field is zero, over the pseudo-header of either family (RFC 768,
    /// RFC 8200 section 8.1); never 0, which would mean "none".
    package static func checksum(
        of datagram: ArraySlice<UInt8>, from source: IPAddress, to destination: IPAddress
    ) -> UInt16 {
        var checksum = InternetChecksum()
        for address in [source, destination] {
            for shift in stride(from: 0, to: address.family.bits, by: 32) {
                checksum.add(UInt32(truncatingIfNeeded: address.value >> UInt128(shift)))
            }
        }
        checksum.add(UInt32(datagram.count))
        checksum.add(UInt32(IPProtocol.udp))
        checksum.add(datagram)
        return checksum.value == 0 ? 0xffff : checksum.value
    }
}
