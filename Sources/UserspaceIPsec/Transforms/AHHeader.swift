internal import IPPackets
internal import IPsec

/// The Authentication Header (RFC 4302 section 2), up to its ICV.
///
/// ```
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// | Next Header   |  Payload Len  |          RESERVED             |
/// |                 Security Parameters Index (SPI)               |
/// |                    Sequence Number Field                      |
/// |                Integrity Check Value, padding                 |
/// ```
struct AHHeader: Equatable {
    /// The length before the ICV, in octets.
    static let fixedCount = 12

    let nextHeader: UInt8
    /// In words of 32 bits, minus 2 (RFC 4302 section 2.2).
    let payloadLength: UInt8
    let spi: UInt32
    let number: UInt32

    /// The length of header, ICV and padding in octets: a multiple of 4 in IPv4 and of 8 in IPv6 (section 3.3.3.2.1).
    static func count(icv: Int, _ family: AddressFamily) -> Int {
        let unit = family == .v4 ? 4 : 8
        return (fixedCount + icv + unit - 1) / unit * unit
    }

    /// A header whose ICV is `icv` octets, in a packet of that family.
    init(nextHeader: UInt8, spi: SPI, number: SequenceNumber, icv: Int, _ family: AddressFamily) {
        self.nextHeader = nextHeader
        payloadLength = UInt8(Self.count(icv: icv, family) / 4 - 2)
        self.spi = spi.value
        self.number = number.low
    }

    /// The header at the start of what an IP header carries.
    init(parsing payload: ArraySlice<UInt8>) throws(PacketError) {
        guard payload.count >= Self.fixedCount else {
            throw .truncated(needed: Self.fixedCount, available: payload.count)
        }
        let octets = Array(payload.prefix(Self.fixedCount))
        nextHeader = octets[0]
        payloadLength = octets[1]
        spi = octets.bigEndian32(at: 4)
        number = octets.bigEndian32(at: 8)
        guard payload.count >= count else { throw .truncated(needed: count, available: payload.count) }
    }

    /// The length of header, ICV and padding in octets, as the header states it.
    var count: Int { (Int(payloadLength) + 2) * 4 }

    /// Adds the header, with zeroes for ICV and padding.
    func append(to packet: inout [UInt8]) {
        packet += [nextHeader, payloadLength, 0, 0]
        packet.append(bigEndian: spi)
        packet.append(bigEndian: number)
        packet.append(contentsOf: repeatElement(0, count: count - Self.fixedCount))
    }
}
