/// What names one move for ever: 128 random bits. A move installs at most once, so its name is never used again.
package struct MoveID: Hashable, Sendable, Comparable, CustomStringConvertible {
    // Two halves for the reason that `IPAddress` has.
    private let upper: UInt64
    private let lower: UInt64

    package var value: UInt128 { UInt128(upper) << 64 | UInt128(lower) }

    package init(_ value: UInt128) {
        (upper, lower) = (UInt64(truncatingIfNeeded: value >> 64), UInt64(truncatingIfNeeded: value))
    }

    /// A name that no other move has.
    package static func random() -> MoveID { MoveID(.random(in: .min ... .max)) }

    package static func < (left: MoveID, right: MoveID) -> Bool { left.value < right.value }

    /// 32 hexadecimal digits.
    package var description: String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 32 - digits.count) + digits
    }

    /// The name of 1 to 32 hexadecimal digits; `nil` for anything else.
    package init?(_ text: String) {
        guard (1...32).contains(text.utf8.count), !text.hasPrefix("+"), let value = UInt128(text, radix: 16) else {
            return nil
        }
        self.init(value)
    }
}
