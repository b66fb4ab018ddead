/// The name of a node, such as `SG1`: what files, certificates, the API and the screen call it by.
///
/// One to 63 letters, digits, `-`, `_` and `.`, the first a letter or digit, so that it can stand in a DNS name and
/// name a file.
package struct NodeName: Hashable, Sendable {
    /// The name as it was written; upper and lower case differ.
    package let text: String

    /// The name of that text; `nil` when it is empty, too long or has another character.
    package init?(_ text: some StringProtocol) {
        guard Self.isValid(text) else { return nil }
        self.text = String(text)
    }

    private static func isValid(_ text: some StringProtocol) -> Bool {
        guard (1...63).contains(text.utf8.count), let first = text.utf8.first, isAlphanumeric(first) else {
            return false
        }
        return text.utf8.allSatisfy { isAlphanumeric($0) || $0 == 0x2d || $0 == 0x2e || $0 == 0x5f }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
    }
}

extension NodeName: Comparable, CustomStringConvertible {
    /// By the bytes of the text.
    package static func < (left: NodeName, right: NodeName) -> Bool { left.text < right.text }
    /// The text.
    package var description: String { text }
}

extension NodeName: ExpressibleByStringLiteral {
    /// A name written in the program itself.
    package init(stringLiteral text: String) {
        precondition(Self.isValid(text), "A node name written in the program has to be a valid one.")
        self.text = text
    }
}
