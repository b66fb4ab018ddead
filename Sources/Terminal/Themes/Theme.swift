/// What every role looks like.
package struct Theme: Hashable, Sendable {
    /// What it is asked for by.
    package let name: String
    /// What background it is made for.
    package let appearance: Appearance
    private let palette: [String: PaletteColour]
    private let roles: [String: RoleStyle]

    /// A theme that says nothing: every role is plain text.
    package static let plain = Theme(ThemeDocument(name: "plain"))

    /// A theme from a document in which all that it inherits is already there.
    init(_ document: ThemeDocument) {
        name = document.name
        appearance = document.appearance
        palette = document.palette
        roles = document.roles
    }

    /// How a role looks at a depth. What is not said of the role is that of its parent, and so on up.
    package func style(for role: Role, depth: ColourDepth) -> Style {
        var said = RoleStyle()
        var asked: Role? = role
        while let current = asked {
            if let style = roles[current.name] { said = said.over(style) }
            asked = current.parent
        }
        let foreground = colour(said.fg, at: depth)
        let background = colour(said.bg, at: depth)
        var emphasis = said.attributes ?? []
        if depth == .none { emphasis = said.mono ?? emphasis }
        if foreground?.needsBold == true { emphasis.insert(.bold) }
        return Style(
            foreground: foreground?.colour, background: background?.colour, emphasis: emphasis,
            cue: said.cue ?? "", asciiCue: said.ascii ?? said.cue ?? "")
    }

    /// How text of a role looks on a ground. What neither says is that of plain text on the background.
    package func style(for role: Role, on ground: Role, depth: ColourDepth) -> Style {
        var style = style(for: role, depth: depth).on(style(for: ground, depth: depth))
        style.foreground = style.foreground ?? self.style(for: .text, depth: depth).foreground
        style.background = style.background ?? self.style(for: .background, depth: depth).background
        return style
    }

    /// The glyphs that stand for roles, in Unicode or ASCII.
    package func cues(for glyphs: Glyphs) -> Cues {
        var cues: [Role: String] = [:]
        for (name, style) in roles {
            cues[Role(name)] = glyphs.isASCII ? style.ascii ?? style.cue : style.cue
        }
        return Cues(cues)
    }

    /// The roles that it speaks of, in alphabetical order.
    package var roleNames: [String] { roles.keys.sorted() }

    private func colour(_ name: String?, at depth: ColourDepth) -> (colour: Colour, needsBold: Bool)? {
        guard let name, depth != .none else { return nil }
        return name == "own" ? (.own, false) : palette[name]?.resolved(at: depth)
    }
}
