/// How one role looks on a terminal of some depth.
package struct Style: Hashable, Sendable {
    /// The text's colour; nil leaves it to the ground.
    package var foreground: Colour?
    /// The colour behind it; nil leaves it to the ground.
    package var background: Colour?
    /// How it stands out.
    package var emphasis: Emphasis
    /// The glyph that stands for it, and the same in ASCII; empty when it needs none.
    package var cue, asciiCue: String

    /// A style from its parts.
    package init(
        foreground: Colour? = nil, background: Colour? = nil, emphasis: Emphasis = [],
        cue: String = "", asciiCue: String = ""
    ) {
        (self.foreground, self.background, self.emphasis) = (foreground, background, emphasis)
        (self.cue, self.asciiCue) = (cue, asciiCue)
    }

    /// Its look on a ground: the ground's text colour wins where it has one (a selected row stays readable), the
    /// text's own background wins over that of the ground, emphasis adds up.
    package func on(_ ground: Style) -> Style {
        Style(
            foreground: ground.foreground ?? foreground, background: background ?? ground.background,
            emphasis: emphasis.union(ground.emphasis), cue: cue, asciiCue: asciiCue)
    }
}
