/// A text as it may be shown: one symbol after another, each with its width in cells, nothing in it that a terminal
/// would obey.
///
/// Names and messages come from other machines and may be hostile. Control characters show as `^[`, those of C1, line
/// separators and everything invisible (bidirectional controls, joiners, tags) as `\u{202e}`. Variation selectors are
/// left out, and so is any accent after the third on one character.
package struct VisibleText: Sequence, Sendable {
    /// One symbol and the cells it takes, 1 or 2.
    package typealias Element = (symbol: String, width: Int)

    private let text: String

    /// The visible form of any text.
    package init(_ text: String) {
        self.text = text
    }

    /// Cells that the whole takes side by side.
    package var width: Int {
        if let length = text.plainLength { return length }
        return reduce(0) { $0 + $1.width }
    }

    /// The symbols as one text.
    package var string: String {
        text.plainLength == nil ? map(\.symbol).joined() : text
    }

    /// The symbols, in order.
    package func makeIterator() -> VisibleTextIterator {
        VisibleTextIterator(text)
    }
}

extension String {
    /// Its length when it is nothing but printable ASCII, of one cell each; nil for any other text.
    fileprivate var plainLength: Int? {
        var length = 0
        for byte in utf8 {
            guard byte >= 0x20 && byte < 0x7F else { return nil }
            length += 1
        }
        return length
    }
}
