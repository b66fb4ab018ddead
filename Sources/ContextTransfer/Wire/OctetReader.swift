package import IPsec

/// Takes values in network byte order from the front of some octets, without copying them.
package struct OctetReader: Sendable {
    private var rest: ArraySlice<UInt8>

    package init(_ octets: ArraySlice<UInt8>) { rest = octets }

    /// Octets not yet taken.
    package var remaining: Int { rest.count }

    /// The next `count` octets; throws ``WireError/truncated(needed:available:)``.
    package mutating func octets(_ count: Int) throws(WireError) -> ArraySlice<UInt8> {
        guard count <= rest.count else { throw .truncated(needed: count, available: rest.count) }
        let taken = rest.prefix(count)
        rest = rest.dropFirst(count)
        return taken
    }

    /// An unsigned integer of all its octets.
    package mutating func integer<Value: FixedWidthInteger & UnsignedInteger>(
        _ type: Value.Type = Value.self
    ) throws(WireError) -> Value {
        try octets(Value.bitWidth / 8).reduce(0) { $0 << 8 | Value($1) }
    }

    /// A number as its count of octets, 0 to 8, and those octets without a leading zero.
    package mutating func number(_ field: WireField) throws(WireError) -> UInt64 {
        let count = try integer(UInt8.self)
        guard count <= 8 else { throw .badValue(field) }
        let octets = try octets(Int(count))
        guard octets.first != 0 else { throw .notCanonical(field) }
        return octets.reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// A text as its 16-bit count of octets and that much UTF-8.
    package mutating func text(_ field: WireField) throws(WireError) -> String {
        let count = try integer(UInt16.self)
        guard let text = String(validating: try octets(Int(count)), as: UTF8.self) else { throw .badValue(field) }
        return text
    }

    /// An enumeration with a raw value of one octet.
    package mutating func value<Value: RawRepresentable<UInt8>>(
        _ field: WireField, _ type: Value.Type = Value.self
    ) throws(WireError) -> Value {
        guard let value = Value(rawValue: try integer()) else { throw .badValue(field) }
        return value
    }

    /// A mode of RFC 4301, of an SA that is to be processed.
    package mutating func mode() throws(WireError) -> ProtocolMode {
        let mode = try value(.mode, ProtocolMode.self)
        guard ProtocolMode.standard.contains(mode) else { throw .badValue(.mode) }
        return mode
    }

    /// A key of `count` octets; the only copy that is made is the key's own.
    package mutating func key(_ count: Int) throws(WireError) -> KeyMaterial {
        KeyMaterial(octets: try octets(count))
    }

    /// Throws unless every octet was taken.
    package func finish() throws(WireError) {
        guard rest.isEmpty else { throw .trailing(octets: rest.count) }
    }
}
