/// What a theme file says of one role; what it leaves out comes from the theme it inherits, then from the role's parent.
package struct RoleStyle: Hashable, Sendable {
    /// The name of the text's colour in the palette, or `own` for the terminal's own foreground.
    package var fg: String?
    /// The name of the ground's colour in the palette, or `own` for the terminal's own background.
    package var bg: String?
    /// How it stands out; an empty list takes away what was inherited.
    package var attributes: Emphasis?
    /// How it stands out where there are no colours, if otherwise than by `attributes`.
    package var mono: Emphasis?
    /// The glyph that stands for it: one cell.
    package var cue: String?
    /// The same for terminals that have only ASCII.
    package var ascii: String?

    /// From what a theme file says.
    package init(
        fg: String? = nil, bg: String? = nil, attributes: Emphasis? = nil, mono: Emphasis? = nil,
        cue: String? = nil, ascii: String? = nil
    ) {
        (self.fg, self.bg, self.attributes, self.mono) = (fg, bg, attributes, mono)
        (self.cue, self.ascii) = (cue, ascii)
    }

    /// Itself, and where it says nothing, what the other says.
    func over(_ other: RoleStyle) -> RoleStyle {
        RoleStyle(
            fg: fg ?? other.fg, bg: bg ?? other.bg, attributes: attributes ?? other.attributes,
            mono: mono ?? other.mono, cue: cue ?? other.cue, ascii: ascii ?? other.ascii)
    }
}
