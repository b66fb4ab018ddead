import Terminal

/// The line at the bottom while something is typed: a filter, or a command.
struct LineEntry: Equatable {
    /// What it is for.
    enum Purpose: Equatable {
        /// After `/`: what rows are filtered by; with what they were filtered by before.
        case filter(before: String)
        /// After `:`.
        case command
    }

    /// What it is for.
    let purpose: Purpose
    /// The text so far.
    var field: TextField
    /// What Tab would make of it; the first one first.
    var completions: [String] = []

    /// Draws it on the first line of the region.
    func draw(on canvas: inout Canvas) {
        field.draw(in: canvas.bounds, on: &canvas)
        guard purpose == .command, !field.text.isEmpty else { return }
        let start = VisibleText(field.prompt + field.text).width + 3
        let summary = OrderParser.summary(of: field.text).map { [$0] } ?? []
        let text = (completions.prefix(8) + summary).joined(separator: "  ")
        canvas.write(
            CellText(text, .dim).spelled(in: canvas.glyphs), at: Point(start, 0),
            limit: max(0, canvas.size.columns - start - 1))
    }
}
