import Terminal

/// All that is known of one row, in a box over the view.
struct DetailPage {
    /// What stands on its upper edge.
    let title: String
    /// What it says.
    let lines: [DetailLine]
    /// The first line in sight.
    let scroll: Int

    /// Draws it in the middle of the region.
    func draw(on canvas: inout Canvas) {
        let names = lines.filter { !$0.value.isEmpty }.map { VisibleText($0.name).width }
        let indent = (names.max() ?? 0) + 3
        let widest = lines.map { line in line.value.reduce(indent) { $0 + canvas.width(of: $1) } }.max() ?? 0
        let wanted = Size(columns: max(44, min(widest + 5, 110)), rows: lines.count + 2)
        canvas.with(canvas.bounds.centred(wanted), ground: .dialog) { canvas in
            let inside = canvas.box(canvas.bounds, title: title, role: .borderFocus)
            let first = min(scroll, max(0, lines.count - inside.rows))
            for (row, line) in lines.dropFirst(first).prefix(inside.rows).enumerated() {
                draw(line, indent: indent, in: inside.line(row).inset(left: 1, right: 1), on: &canvas)
            }
            if first > 0 {
                canvas.write(canvas.glyphs.headUp, at: Point(inside.right - 1, inside.top), role: .key)
            }
            if first + inside.rows < lines.count {
                canvas.write(canvas.glyphs.headDown, at: Point(inside.right - 1, inside.bottom - 1), role: .key)
            }
        }
    }

    private func draw(_ line: DetailLine, indent: Int, in part: Rectangle, on canvas: inout Canvas) {
        guard !line.value.isEmpty else {
            canvas.write(CellText(line.name, .title), in: part)
            return
        }
        canvas.write(CellText("  " + line.name, .dim), in: part)
        canvas.write(line.value, at: part.origin.moved(columns: indent), limit: part.columns - indent)
    }
}
