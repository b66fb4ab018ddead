/// Reads the fields of one of our blocks in their order, as the presence vector says.
package struct BlockReader: Sendable {
    private var presence: UInt32
    private var octets: OctetReader

    /// Throws when the block has no presence vector.
    package init(_ block: ContextDataBlock) throws(WireError) {
        guard let presence = block.presence else { throw .missing(.presenceVector) }
        self.presence = presence
        octets = OctetReader(block.data)
    }

    /// The next field, which must be present.
    package mutating func required<Value>(
        _ field: WireField, _ read: (inout OctetReader) throws(WireError) -> Value
    ) throws(WireError) -> Value {
        guard let value = try optional(read) else { throw .missing(field) }
        return value
    }

    /// The next field; `nil` where it is absent.
    package mutating func optional<Value>(
        _ read: (inout OctetReader) throws(WireError) -> Value
    ) throws(WireError) -> Value? {
        defer { presence <<= 1 }
        return presence & 0x8000_0000 == 0 ? nil : try read(&octets)
    }

    /// The next field; the default where it is absent, and refused where the default is spelled out.
    package mutating func field<Value: Equatable>(
        _ field: WireField, default absent: Value, _ read: (inout OctetReader) throws(WireError) -> Value
    ) throws(WireError) -> Value {
        guard let value = try optional(read) else { return absent }
        guard value != absent else { throw .notCanonical(field) }
        return value
    }

    /// Throws unless only padding is left, less than a word of it and zero, and no presence bit.
    package mutating func finish() throws(WireError) {
        guard presence == 0 else { throw .reservedBitsSet }
        guard octets.remaining < 8 else { throw .trailing(octets: octets.remaining) }
        guard try octets.octets(octets.remaining).allSatisfy({ $0 == 0 }) else { throw .reservedBitsSet }
    }
}
