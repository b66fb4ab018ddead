/// Numbers in network byte order, as every header has them.
extension [UInt8] {
    /// The 16-bit number at `index`; both octets must be there.
    package func bigEndian16(at index: Int) -> UInt16 {
        UInt16(self[index]) << 8 | UInt16(self[index + 1])
    }

    /// The 32-bit number at `index`; all four octets must be there.
    package func bigEndian32(at index: Int) -> UInt32 {
        UInt32(bigEndian16(at: index)) << 16 | UInt32(bigEndian16(at: index + 2))
    }

    /// The 64-bit number at `index`; all eight octets must be there.
    package func bigEndian64(at index: Int) -> UInt64 {
        UInt64(bigEndian32(at: index)) << 32 | UInt64(bigEndian32(at: index + 4))
    }

    /// Adds `number`, the most significant octet first.
    package mutating func append(bigEndian number: UInt16) {
        append(UInt8(truncatingIfNeeded: number >> 8))
        append(UInt8(truncatingIfNeeded: number))
    }

    /// Adds `number`, the most significant octet first.
    package mutating func append(bigEndian number: UInt32) {
        append(bigEndian: UInt16(truncatingIfNeeded: number >> 16))
        append(bigEndian: UInt16(truncatingIfNeeded: number))
    }

    /// Adds `number`, the most significant octet first.
    package mutating func append(bigEndian number: UInt64) {
        append(bigEndian: UInt32(truncatingIfNeeded: number >> 32))
        append(bigEndian: UInt32(truncatingIfNeeded: number))
    }

    /// Writes `number` over the two octets at `index`.
    package mutating func put(_ number: UInt16, at index: Int) {
        self[index] = UInt8(truncatingIfNeeded: number >> 8)
        self[index + 1] = UInt8(truncatingIfNeeded: number)
    }
}
