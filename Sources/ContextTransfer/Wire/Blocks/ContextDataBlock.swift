/// A feature's context, or a request for one (RFC 4067 section 2.4).
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |   Feature Profile Type (FPT)  |  Length       |P|  Reserved   |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |                   Presence Vector (if P = 1)                  |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     ~                              Data                             ~
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///
/// Length counts words of 8 octets from the FPT to the padding. A request without data is one word.
package struct ContextDataBlock: Equatable, Sendable {
    /// The most octets that Length can say.
    package static let largest = 255 * 8

    package let feature: UInt16
    /// The first field's bit is the most significant one; `nil` when P is 0.
    package let presence: UInt32?
    /// With the padding.
    package private(set) var data: ArraySlice<UInt8>

    /// The block of some data, which is padded with zeros; throws ``WireError/blockTooLarge(octets:)``.
    package init(feature: UInt16, presence: UInt32? = nil, data: ArraySlice<UInt8> = []) throws(WireError) {
        let header = presence == nil ? 4 : 8
        let padding = (8 - (header + data.count) % 8) % 8
        guard header + data.count + padding <= Self.largest else {
            throw .blockTooLarge(octets: header + data.count + padding)
        }
        (self.feature, self.presence) = (feature, presence)
        self.data = padding == 0 ? data : data + [UInt8](repeating: 0, count: padding)
    }

    /// Takes a block from the front; its data is a view of what the reader reads.
    package init(_ reader: inout OctetReader) throws(WireError) {
        feature = try reader.integer()
        let words = try reader.integer(UInt8.self)
        let flags = try reader.integer(UInt8.self)
        guard flags & 0x7f == 0 else { throw .reservedBitsSet }
        let header = flags & 0x80 == 0 ? 4 : 8
        guard words > 0 else { throw .badLength(stated: 0, actual: header) }
        presence = header == 8 ? try reader.integer() : nil
        data = try reader.octets(Int(words) * 8 - header)
    }

    /// Every block up to the end of the message.
    static func all(_ reader: inout OctetReader) throws(WireError) -> [ContextDataBlock] {
        var blocks: [ContextDataBlock] = []
        while reader.remaining > 0 { blocks.append(try ContextDataBlock(&reader)) }
        return blocks
    }

    /// In octets, the header included.
    package var size: Int { (presence == nil ? 4 : 8) + data.count }

    package func write(to writer: inout OctetWriter) {
        writer.append(feature)
        writer.append(UInt8(size / 8))
        writer.append(UInt8(presence == nil ? 0 : 0x80))
        if let presence { writer.append(presence) }
        writer.append(contentsOf: data)
    }

    /// Overwrites the data with zeros, in place where no other value shares it.
    package mutating func wipe() {
        for index in data.indices { data[index] = 0 }
    }
}

extension ContextDataBlock: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The type and the size, never the data: it may hold keys.
    package var description: String { "<context block 0x\(String(feature, radix: 16)), \(size) octets>" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
