/// The checksum of IPv4, UDP and their kin: the one's complement of the one's complement sum (RFC 1071).
package struct InternetChecksum {
    private var sum: UInt64 = 0

    package init() {}

    /// Adds octets, padded with a zero to an even number.
    package mutating func add(_ octets: ArraySlice<UInt8>) {
        var index = octets.startIndex
        while index + 1 < octets.endIndex {
            sum &+= UInt64(octets[index]) << 8 | UInt64(octets[index + 1])
            index += 2
        }
        if index < octets.endIndex { sum &+= UInt64(octets[index]) << 8 }
    }

    /// Adds a number as two 16-bit words.
    package mutating func add(_ number: UInt32) {
        sum &+= UInt64(number >> 16) + UInt64(number & 0xffff)
    }

    /// What goes into the header; over a header that has its checksum, 0 means that it is right.
    package var value: UInt16 {
        var folded = sum
        while folded > 0xffff { folded = (folded & 0xffff) + (folded >> 16) }
        return ~UInt16(folded)
    }
}
