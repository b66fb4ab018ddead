internal import CNcurses

/// How a terminal is to be used.
package struct ScreenOptions: Hashable, Sendable {
    /// The kind of terminal: a name in the terminfo database.
    package var term: String
    /// Bold, dim, reverse and underline only.
    package var isMonochrome: Bool
    /// Draw with nothing but ASCII, whatever the locale.
    package var isASCII: Bool
    /// Keep the terminal's cursor in sight on the selected row, for screen readers.
    package var showsCursor: Bool
    /// Milliseconds to wait for what may follow an Escape, before it counts as the key.
    package var escapeDelay: Int

    /// From what is said; the rest as usual.
    package init(
        term: String, isMonochrome: Bool = false, isASCII: Bool = false, showsCursor: Bool = false,
        escapeDelay: Int = 25
    ) {
        (self.term, self.isMonochrome, self.isASCII) = (term, isMonochrome, isASCII)
        (self.showsCursor, self.escapeDelay) = (showsCursor, escapeDelay)
    }

    /// From the environment: TERM, and NO_COLOR (see no-color.org: any text but the empty one).
    package static func fromEnvironment() -> ScreenOptions {
        let value = { (name: String) in curses_environment(name).map { String(cString: $0) } ?? "" }
        return ScreenOptions(term: value("TERM"), isMonochrome: !value("NO_COLOR").isEmpty)
    }
}
