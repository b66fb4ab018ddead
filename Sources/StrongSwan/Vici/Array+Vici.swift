extension [UInt8] {
    /// Adds a name: its count in 8 bits, and its UTF-8.
    mutating func appendName(_ name: String) throws(ViciError) {
        guard let count = UInt8(exactly: name.utf8.count) else { throw .tooLong(octets: name.utf8.count, limit: 255) }
        append(count)
        append(contentsOf: name.utf8)
    }

    /// Adds a value: its count in 16 bits, and its octets.
    mutating func appendValue(_ value: [UInt8]) throws(ViciError) {
        guard let count = UInt16(exactly: value.count) else { throw .tooLong(octets: value.count, limit: 65_535) }
        append(contentsOf: [UInt8(count >> 8), UInt8(truncatingIfNeeded: count)])
        append(contentsOf: value)
    }
}
