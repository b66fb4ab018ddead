/// Why there is no screen.
package enum ScreenError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Standard input or output is a file or a pipe.
    case notATerminal
    /// The terminfo database has no entry of that name.
    case unknownTerminal(String)
    /// The terminal cannot move its cursor.
    case tooPlain(String)

    /// What is wrong, and what to do about it.
    package var description: String {
        switch self {
        case .notATerminal:
            "standard input and output have to be a terminal"
        case .unknownTerminal(""):
            "TERM is not set. Set it to the kind of your terminal, for most: export TERM=xterm-256color"
        case .unknownTerminal(let name):
            "This machine knows no terminal '\(name)'. Install its terminfo (on Debian: ncurses-term), "
                + "or try: export TERM=xterm-256color"
        case .tooPlain(let name):
            "A terminal '\(name)' cannot move its cursor. If yours can: export TERM=xterm-256color"
        }
    }
}
