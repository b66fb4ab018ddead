extension Dialog {
    /// Draws it in the middle of the region, over what is there; on a small screen the buttons stay and the body
    /// scrolls.
    package func draw(on canvas: inout Canvas) {
        let width = min(canvas.size.columns, Self.width)
        let lines = Paragraph(body).lines(width: width - 4)
        let wanted = Size(columns: width, rows: lines.count + 4 + (answer == nil ? 0 : 3))
        let part = canvas.bounds.centred(wanted)
        let gap = part.size == wanted ? 1 : 0
        canvas.with(part, ground: .dialog) { canvas in
            let inside = canvas.box(canvas.bounds, title: title, role: .borderFocus).inset(left: 1, right: 1)
            let parts = inside.rows(
                .flexible(minimum: 1), .fixed(gap), .fixed(answer == nil ? 0 : 2), .fixed(answer == nil ? 0 : gap),
                .fixed(1))
            drawBody(lines, in: parts[0], on: &canvas)
            if let answer, let phrase {
                canvas.write(CellText("Type \(phrase) to go on:", .dim), in: parts[2])
                answer.draw(in: parts[2].line(1), on: &canvas)
            }
            drawButtons(in: inside.lastLine, on: &canvas)
        }
    }

    private func drawBody(_ lines: [String], in part: Rectangle, on canvas: inout Canvas) {
        let first = min(scroll, max(0, lines.count - part.rows))
        for (row, line) in lines.dropFirst(first).prefix(part.rows).enumerated() {
            canvas.write(line, at: part.origin.moved(rows: row), limit: part.columns)
        }
        let edge = part.right
        if first > 0 {
            canvas.write(canvas.glyphs.headUp, at: Point(edge, part.top), role: .key)
        }
        if first + part.rows < lines.count {
            canvas.write(canvas.glyphs.headDown, at: Point(edge, part.bottom - 1), role: .key)
        }
    }

    private func drawButtons(in part: Rectangle, on canvas: inout Canvas) {
        var column = part.left
        for (number, button) in allButtons.enumerated() {
            let isFocused = number == focus
            let key = button.key.map { " (\($0))" } ?? ""
            let text = isFocused ? "[ \(button.label)\(key) ]" : "  \(button.label)\(key)  "
            let role: Role = isFocused ? .dialogFocus : number > 0 && !isUnlocked ? .dim : .text
            let width = canvas.write(text, at: Point(column, part.top), role: role, limit: part.right - column)
            if isFocused && answer == nil { canvas.placeCursor(at: Point(column, part.top)) }
            column += width + 1
        }
    }
}
