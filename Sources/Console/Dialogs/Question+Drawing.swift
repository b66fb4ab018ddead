import Terminal

extension Question {
    /// Draws it in the middle of the region; on a small screen the buttons stay and the lines scroll.
    func draw(on canvas: inout Canvas) {
        let widest = lines.map { line in line.reduce(0) { $0 + canvas.width(of: $1) } }.max() ?? 0
        let width = min(max(52, widest + 4), canvas.size.columns, 100)
        let part = canvas.bounds.centred(Size(columns: width, rows: lines.count + 4))
        canvas.with(part, ground: .dialog) { canvas in
            let inside = canvas.box(canvas.bounds, title: dialog.title, role: .borderFocus).inset(left: 1, right: 1)
            let body = Rectangle(
                inside.left, inside.top, inside.columns, max(1, inside.rows - (inside.rows > 4 ? 2 : 1)))
            drawLines(in: body, on: &canvas)
            drawButtons(in: inside.lastLine, on: &canvas)
        }
    }

    private func drawLines(in part: Rectangle, on canvas: inout Canvas) {
        let first = min(dialog.scroll, max(0, lines.count - part.rows))
        for (row, line) in lines.dropFirst(first).prefix(part.rows).enumerated() {
            canvas.write(
                line.map { $0.spelled(in: canvas.glyphs) }, at: part.origin.moved(rows: row), limit: part.columns)
        }
        if first > 0 { canvas.write(canvas.glyphs.headUp, at: Point(part.right, part.top), role: .key) }
        if first + part.rows < lines.count {
            canvas.write(canvas.glyphs.headDown, at: Point(part.right, part.bottom - 1), role: .key)
        }
    }

    private func drawButtons(in part: Rectangle, on canvas: inout Canvas) {
        var column = part.left
        for (number, button) in dialog.allButtons.enumerated() {
            let isFocused = number == dialog.focus
            let key = button.key.map { " (\($0))" } ?? ""
            let text = isFocused ? "[ \(button.label)\(key) ]" : "  \(button.label)\(key)  "
            if isFocused { canvas.placeCursor(at: Point(column, part.top)) }
            column += canvas.write(
                text, at: Point(column, part.top), role: isFocused ? .dialogFocus : .key, limit: part.right - column)
            column += 1
        }
    }
}
