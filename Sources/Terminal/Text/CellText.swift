/// A stretch of text with one meaning: a cell of a table, a part of a line.
package struct CellText: Hashable, Sendable {
    /// What is written; may be anything, it is made visible when it is drawn.
    package var text: String
    /// What it means.
    package var role: Role
    /// Whether the theme's glyph for the role comes before it, so that the meaning does not hang on colour alone.
    package var hasCue: Bool
    /// How it stands out besides.
    package var emphasis: Emphasis

    /// A stretch of text; plain unless told otherwise.
    package init(_ text: String, _ role: Role = .text, cue: Bool = false, emphasis: Emphasis = []) {
        self.text = text
        self.role = role
        self.hasCue = cue
        self.emphasis = emphasis
    }
}
