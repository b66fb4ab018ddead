/// Attributes of a message: type, length, value; each begins at a multiple of 4 octets.
package struct NetlinkAttributes: Equatable, Sendable {
    /// In their order; one type may be there several times.
    package private(set) var all: [(type: UInt16, value: ArraySlice<UInt8>)] = []

    package init() {}

    /// Reads what follows a message's structure. A type's two upper bits are flags, and not part of it.
    package init(_ octets: ArraySlice<UInt8>) throws(NetlinkError) {
        var rest = octets
        while rest.count >= Self.headerOctets {
            var reader = KernelReader(rest)
            let length = Int(try reader.integer(UInt16.self))
            let type = try reader.integer(UInt16.self) & 0x3fff
            guard length >= Self.headerOctets, length <= rest.count else { throw .truncated }
            all.append((type, rest.dropFirst(Self.headerOctets).prefix(length - Self.headerOctets)))
            rest = rest.dropFirst(length + padding(length))
        }
    }

    private static let headerOctets = 4

    /// Adds one; a value has at most 65,531 octets.
    package mutating func add(_ type: Int, _ value: some Collection<UInt8>) {
        all.append((UInt16(truncatingIfNeeded: type), ArraySlice(value)))
    }

    /// As many octets as they have encoded, at the most.
    var room: Int { all.reduce(0) { $0 + 8 + $1.value.count } }

    package var encoded: [UInt8] {
        var writer = KernelWriter(capacity: room)
        append(to: &writer)
        return writer.octets
    }

    /// Writes them behind a structure.
    func append(to writer: inout KernelWriter) {
        for (type, value) in all {
            writer.integer(UInt16(truncatingIfNeeded: Self.headerOctets + value.count))
            writer.integer(type)
            writer.append(value)
            writer.zeros(padding(value.count))
        }
    }

    package static func == (left: NetlinkAttributes, right: NetlinkAttributes) -> Bool {
        left.encoded == right.encoded
    }
}
