/// What can be told of a terminal by its name in TERM.
package struct TerminalKind: Hashable, Sendable {
    /// The name.
    package let name: String

    /// From the value of TERM.
    package init(name: String) {
        self.name = name
    }

    /// Names to look for in the terminfo database, in order. Modern terminals whose own entry is often missing on
    /// servers all do what xterm does.
    package var candidates: [String] {
        guard !name.isEmpty else { return [] }
        return isModern ? [name, "xterm-256color"] : [name]
    }

    /// Whether the font of the terminal has little more than boxes and Latin letters: the Linux console's has 256
    /// or 512 characters.
    package var hasSmallFont: Bool { name == "linux" || name.hasPrefix("linux-") }

    private var isModern: Bool {
        let families = [
            "xterm", "alacritty", "foot", "kitty", "wezterm", "tmux", "screen", "ghostty", "rio", "contour", "konsole",
            "vte", "gnome", "iterm", "st", "mintty", "putty", "rxvt", "vscode",
        ]
        let family = name.split(separator: "-").first.map { $0.lowercased() } ?? ""
        let words = name.split(separator: "-")
        return families.contains(family) || words.contains("256color") || words.contains("direct")
    }
}
