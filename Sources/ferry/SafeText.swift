/// Text of another machine as a terminal may show it: control characters, and those that turn the direction of
/// writing, are escaped.
package struct SafeText: CustomStringConvertible {
    /// The text, escaped.
    package let description: String

    /// `\n` and the like are written as such, the rest as `\u{1b}`.
    package init(_ text: String) {
        guard text.unicodeScalars.contains(where: \.isUnsafe) else {
            description = text
            return
        }
        description = text.unicodeScalars.map { $0.isUnsafe ? Self.escape($0) : String($0) }.joined()
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\n": "\\n"
        case "\r": "\\r"
        case "\t": "\\t"
        default: "\\u{\(String(scalar.value, radix: 16))}"
        }
    }
}

extension Unicode.Scalar {
    /// Whether a terminal could do something else than show it.
    var isUnsafe: Bool {
        if isASCII { return value < 0x20 || value == 0x7f }
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: return true
        default: return false
        }
    }
}
