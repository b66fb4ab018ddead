package import IPsec

/// Puts values in network byte order one after another.
///
/// What it was given room for it writes without moving the octets, so that no stale copy of a key is left in memory.
package struct OctetWriter: Sendable {
    package private(set) var octets: [UInt8] = []

    package init(capacity: Int = 0) { octets.reserveCapacity(capacity) }

    package mutating func append<Value: FixedWidthInteger & UnsignedInteger>(_ value: Value) {
        for shift in stride(from: Value.bitWidth - 8, through: 0, by: -8) {
            octets.append(UInt8(truncatingIfNeeded: value >> Value(shift)))
        }
    }

    package mutating func append(contentsOf more: some Sequence<UInt8>) { octets.append(contentsOf: more) }

    /// A number as its count of octets, 0 to 8, and those octets without a leading zero.
    package mutating func number(_ value: UInt64) {
        let count = (64 - value.leadingZeroBitCount + 7) / 8
        append(UInt8(count))
        for index in 0..<count { append(UInt8(truncatingIfNeeded: value >> UInt64((count - 1 - index) * 8))) }
    }

    /// A text as its 16-bit count of octets and that much UTF-8; throws when the count has more bits.
    package mutating func text(_ text: String, _ field: WireField) throws(WireError) {
        guard let count = UInt16(exactly: text.utf8.count) else { throw .tooMany(field, limit: Int(UInt16.max)) }
        append(count)
        octets.append(contentsOf: text.utf8)
    }

    /// The octets of a key.
    package mutating func key(_ key: KeyMaterial) {
        unsafe key.withOctets { unsafe octets.append(contentsOf: $0) }
    }

    /// Overwrites 16 bits that were written before.
    package mutating func replace(at offset: Int, with value: UInt16) {
        octets[offset] = UInt8(value >> 8)
        octets[offset + 1] = UInt8(value & 0xff)
    }

    /// Overwrites everything with zeros, in place where nobody else has the octets.
    package mutating func wipe() {
        for index in octets.indices { octets[index] = 0 }
    }
}
