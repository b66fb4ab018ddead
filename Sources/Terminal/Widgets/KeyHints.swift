/// The line that tells which keys work now.
package struct KeyHints: Hashable, Sendable {
    /// The most important first: the last ones go when there is no room.
    package var hints: [KeyHint]

    /// A line of hints.
    package init(_ hints: [KeyHint]) {
        self.hints = hints
    }

    /// Draws as many as fit whole on the first line of a part, on the ground of the footer.
    package func draw(in part: Rectangle, on canvas: inout Canvas) {
        canvas.with(part.line(0), ground: .footer) { canvas in
            var column = 1
            for hint in hints {
                let texts = [CellText(hint.key, .key, emphasis: .bold), CellText(" " + hint.label, .footer)]
                let width = texts.reduce(0) { $0 + canvas.width(of: $1) }
                guard column + width <= canvas.size.columns else { break }
                canvas.write(texts, at: Point(column, 0))
                column += width + 2
            }
        }
    }
}
