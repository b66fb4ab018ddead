extension Canvas {
    /// Writes a text from a place to the right, and returns how many columns it took.
    ///
    /// With a `limit` no more than so many columns are used, and a text that is longer ends in the ellipsis; without,
    /// it is cut at the edge of the region. Any text will do: it is shown as ``VisibleText``.
    @discardableResult
    package mutating func write(
        _ text: String, at point: Point, role: Role = .text, emphasis: Emphasis = [], limit: Int? = nil
    ) -> Int {
        let limit = limit.map { max(0, $0) }
        let visible = VisibleText(text)
        let isCut = limit.map { visible.width > $0 } ?? false
        let room = isCut ? (limit ?? 0) - 1 : (limit ?? Int.max)
        let end = size.columns - point.column
        var used = 0
        for (symbol, width) in visible {
            if width > room - used || used >= end { break }
            put(symbol, width: width, at: point.moved(columns: used), role: role, emphasis: emphasis)
            if width > end - used { break }
            used += width
        }
        if isCut && room >= 0 {
            put(glyphs.ellipsis, width: 1, at: point.moved(columns: used), role: role, emphasis: emphasis)
            used += 1
        }
        return used
    }

    /// Writes one stretch of text, with its cue before it where it asks for one, and returns the columns it took.
    @discardableResult
    package mutating func write(_ text: CellText, at point: Point, limit: Int? = nil) -> Int {
        write(spelledOut(text), at: point, role: text.role, emphasis: text.emphasis, limit: limit)
    }

    /// Writes stretches of text one after another, and returns the columns they took together.
    @discardableResult
    package mutating func write(_ texts: [CellText], at point: Point, limit: Int? = nil) -> Int {
        var used = 0
        for text in texts {
            let room = limit.map { $0 - used }
            if let room, room <= 0 { break }
            used += write(text, at: point.moved(columns: used), limit: room)
        }
        return used
    }

    /// Writes one stretch of text on the first line of a part of the region; the ellipsis shows that it was too long.
    package mutating func write(_ text: CellText, in part: Rectangle, alignment: Alignment = .leading) {
        guard part.rows > 0 else { return }
        let spare = alignment == .leading ? 0 : max(0, part.columns - width(of: text))
        let start =
            switch alignment {
            case .leading: 0
            case .centre: spare / 2
            case .trailing: spare
            }
        write(text, at: part.origin.moved(columns: start), limit: part.columns - start)
    }

    /// Columns that a stretch of text takes here, its cue included.
    package func width(of text: CellText) -> Int {
        VisibleText(spelledOut(text)).width
    }

    /// The theme's cue and a space before the text, if it asks for one.
    private func spelledOut(_ text: CellText) -> String {
        guard text.hasCue else { return text.text }
        let cue = cues[text.role]
        if cue.isEmpty { return text.text }
        return text.text.isEmpty ? cue : cue + " " + text.text
    }
}
