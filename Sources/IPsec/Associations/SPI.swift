/// A Security Parameters Index (RFC 4303 section 2.1): 32 bits, of which 0 to 255 are reserved.
package struct SPI: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The number, 256 or more.
    package let value: UInt32

    /// The index of that number; `nil` for 0 to 255, which never name an SA.
    package init?(_ value: UInt32) {
        guard value > 255 else { return nil }
        self.value = value
    }

    package static func < (left: SPI, right: SPI) -> Bool { left.value < right.value }

    /// `0x` and eight hexadecimal digits.
    package var description: String {
        let digits = String(value, radix: 16)
        return "0x" + String(repeating: "0", count: 8 - digits.count) + digits
    }
}
