package import IPsec

/// The first four octets of every message (RFC 4067 section 2.5).
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |Vers.|   Type  |V|A| Reserved  |            Length             |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///
/// The RFC lets a receiver ignore reserved bits; here they are refused.
package struct CXTPHeader: Hashable, Sendable {
    /// In octets.
    package static let size = 4
    package static let version: UInt8 = 1

    package let type: CXTPType
    /// The family of every address of the message: V = 1 is IPv4, V = 0 is IPv6.
    package let family: AddressFamily
    /// The A bit, or the S bit of CTDR; false in a type that has neither.
    package let flag: Bool
    /// Of the whole message in octets, these four included.
    package let length: UInt16

    package init(type: CXTPType, family: AddressFamily, flag: Bool = false, length: UInt16) {
        precondition(type.hasFlag || !flag, "A type without an A or S bit has it zero.")
        (self.type, self.family, self.flag, self.length) = (type, family, flag, length)
    }

    /// Takes a header from the front; `length` is not compared with anything but the header's own size.
    package init(_ reader: inout OctetReader) throws(WireError) {
        let (first, second) = (try reader.integer(UInt8.self), try reader.integer(UInt8.self))
        length = try reader.integer()
        guard first >> 5 == Self.version else { throw .unknownVersion(first >> 5) }
        guard let type = CXTPType(rawValue: first & 0x1f) else { throw .unknownType(first & 0x1f) }
        self.type = type
        family = second & 0x80 != 0 ? .v4 : .v6
        flag = second & 0x40 != 0
        guard second & 0x3f == 0, type.hasFlag || !flag else { throw .reservedBitsSet }
        guard length >= Self.size else { throw .badLength(stated: Int(length), actual: Self.size) }
    }

    package func write(to writer: inout OctetWriter) {
        writer.append(Self.version << 5 | type.rawValue)
        writer.append((family == .v4 ? 0x80 : 0) | (flag ? 0x40 : 0) as UInt8)
        writer.append(length)
    }
}
