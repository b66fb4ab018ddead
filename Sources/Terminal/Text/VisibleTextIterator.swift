/// Walks the symbols of a ``VisibleText``.
package struct VisibleTextIterator: IteratorProtocol {
    private var scalars: String.UnicodeScalarView.Iterator
    private var ahead: Unicode.Scalar?
    private var escape: Substring = ""

    init(_ text: String) {
        scalars = text.unicodeScalars.makeIterator()
        ahead = scalars.next()
    }

    /// The next symbol with its width; nil at the end.
    package mutating func next() -> VisibleText.Element? {
        if let character = escape.popFirst() {
            return (String(character), 1)
        }
        while let scalar = ahead {
            ahead = scalars.next()
            if scalar.isVariationSelector { continue }
            guard scalar.isVisible && !scalar.isCombining else {
                escape = scalar.spelledOut[...]
                return escape.popFirst().map { (String($0), 1) }
            }
            guard let follower = ahead, follower.value >= 0x300 else {
                return (String(scalar), scalar.cellWidth)
            }
            return (String(scalar) + accents(), scalar.cellWidth)
        }
        return nil
    }

    /// Takes the accents that belong to the symbol just read, and returns the first three.
    private mutating func accents() -> String {
        var (accents, count) = ("", 0)
        while let follower = ahead, follower.isCombining || follower.isVariationSelector {
            if !follower.isVariationSelector && count < 3 {
                accents.unicodeScalars.append(follower)
                count += 1
            }
            ahead = scalars.next()
        }
        return accents
    }
}

extension Unicode.Scalar {
    fileprivate var isVariationSelector: Bool {
        0xFE00...0xFE0F ~= value || 0xE0100...0xE01EF ~= value
    }

    fileprivate var isVisible: Bool {
        if 0x20...0x7E ~= value { return true }
        return switch properties.generalCategory {
        case .control, .format, .surrogate, .lineSeparator, .paragraphSeparator: false
        default: !properties.isDefaultIgnorableCodePoint
        }
    }

    /// `^X` for the ASCII controls, the hexadecimal number for all else.
    fileprivate var spelledOut: String {
        switch value {
        case 0..<0x20: "^" + String(Unicode.Scalar(UInt8(value) + 0x40))
        case 0x7F: "^?"
        default: "\\u{" + String(value, radix: 16) + "}"
        }
    }
}
