import Terminal

/// One arc under the paths: from one end of the SAs to the other, with what they are and where they go.
///
/// ```
/// ╰─ up, down: type 5 ──╯ can move to SG2
/// ╰─ up, down ─╯ type 5 → SG2
///           type 3 → SG2 ╰─ up, down ─╯
/// ```
struct PathArcFigure {
    /// The SAs.
    let arc: PathArc
    /// Where their ends are.
    let places: PathPlaces

    /// Draws it on one row.
    func draw(row: Int, on canvas: inout Canvas) {
        let glyphs = canvas.glyphs
        guard let left = places.centre(of: arc.near), let right = places.centre(of: arc.far), right > left + 1 else {
            let texts = [CellText("\(arc.names): \(arc.typeText)", role), CellText("  \(arc.ends(glyphs))", .dim)]
            canvas.write(texts, at: Point(1, row), limit: canvas.size.columns - 1)
            return
        }
        canvas.write(glyphs.arcBottomLeft, at: Point(left, row), role: role)
        canvas.horizontalLine(at: Point(left + 1, row), length: right - left - 1, role: role)
        canvas.write(glyphs.arcBottomRight, at: Point(right, row), role: role)
        let room = right - left - 3
        let forms = ["\(arc.names): \(arc.typeText)", arc.names, ""]
        let inside = forms.first { canvas.width(of: CellText($0)) + 2 <= room } ?? ""
        if !inside.isEmpty { canvas.write(" \(inside) ", at: Point(left + 2, row), role: role, emphasis: .bold) }
        let isMarked = arc.isMoving || arc.isStale
        let before =
            (inside.isEmpty ? [CellText(arc.names + " ", role)] : [])
            + (inside != forms[0] ? [CellText(arc.typeText + " ", role)] : [])
        let texts = arc.remarks(glyphs).map { before + [CellText($0, isMarked ? role : .dim, cue: isMarked)] }
        func width(_ text: [CellText]) -> Int { text.reduce(0) { $0 + canvas.width(of: $1) } }
        let limit = canvas.size.columns - right - 2
        if let fitting = texts.first(where: { width($0) <= limit }) {
            canvas.write(fitting, at: Point(right + 2, row), limit: limit)
        } else if let fitting = texts.first(where: { width($0) <= left - 2 }) {
            // An arc to the far end leaves its room on the other side.
            canvas.write(fitting, at: Point(left - 1 - width(fitting), row), limit: width(fitting))
        } else {
            canvas.write(texts.last ?? [], at: Point(right + 2, row), limit: limit)
        }
    }

    private var role: Role {
        arc.isStale ? .statusStale : arc.isMoving ? Role("move.switching") : .type(arc.type)
    }
}
