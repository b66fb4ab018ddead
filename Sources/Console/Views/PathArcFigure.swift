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
        let inside = label(room: right - left - 3, on: canvas)
        if !inside.text.isEmpty {
            let isTight = canvas.width(of: CellText(inside.text)) > right - left - 5
            let start = Point(left + (isTight ? 1 : 2), row)
            canvas.write(" \(inside.text) ", at: start, role: role, emphasis: .bold)
        }
        let isMarked = arc.isMoving || arc.isStale
        let names = inside.text.isEmpty ? [arc.names + " ", arc.shortNames + " "] : [""]
        let type = inside.hasType || arc.targets == .reached ? "" : arc.typeText + " "
        let remarks = arc.remarks(glyphs).map { CellText($0, isMarked ? role : .dim, cue: isMarked) }
        let texts = names.flatMap { name in remarks.map { [CellText(name + type, role), $0] } }
        func width(_ text: [CellText]) -> Int { text.reduce(0) { $0 + canvas.width(of: $1) } }
        let (before, after) = (left - 2, canvas.size.columns - right - 2)
        let free = right - left - 8 - canvas.width(of: CellText(inside.text))
        if let fitting = texts.first(where: { width($0) <= after }) {
            canvas.write(fitting, at: Point(right + 2, row), limit: after)
        } else if let fitting = texts.first(where: { width($0) <= before }) {
            // An arc to the far end leaves its room on the other side.
            canvas.write(fitting, at: Point(left - 1 - width(fitting), row), limit: width(fitting))
        } else if inside.hasType, let remark = remarks.first(where: { canvas.width(of: $0) <= free }) {
            // One from end to end has no room beside it.
            canvas.write([CellText(" "), remark, CellText(" ")], at: Point(right - free - 3, row), limit: free + 2)
        } else if let text = texts.last, width([text[0]]) - 1 <= before {
            // One in the middle leaves some on either side.
            canvas.write([text[0]], at: Point(left - width([text[0]]), row), limit: width([text[0]]))
            canvas.write([text[1]], at: Point(right + 2, row), limit: after)
        } else {
            canvas.write(texts.last ?? [], at: Point(right + 2, row), limit: after)
        }
    }

    /// What stands on the arc itself, and whether the type is in it.
    private func label(room: Int, on canvas: Canvas) -> (text: String, hasType: Bool) {
        let whole = arc.targets == .reached ? arc.names : "\(arc.names): \(arc.typeText)"
        let forms = [(whole, true), (arc.names, false), (arc.shortNames, false), ("", false)]
        return forms.first { canvas.width(of: CellText($0.0)) <= room } ?? ("", false)
    }

    private var role: Role {
        arc.isStale ? .statusStale : arc.isMoving ? Role("move.switching") : .type(arc.type)
    }
}
