import Terminal

extension CellText {
    /// The same with signs that the screen can draw: what is written before the screen is known uses `→` and `…`.
    func spelled(in glyphs: Glyphs) -> CellText {
        guard glyphs.isASCII else { return self }
        var spelled = self
        spelled.text = String(
            text.map { $0 == "→" ? Character(glyphs.arrowRight) : $0 == "…" ? Character(glyphs.ellipsis) : $0 })
        return spelled
    }
}
