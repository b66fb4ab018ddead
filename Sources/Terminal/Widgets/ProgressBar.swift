/// A bar that fills from the left, with its percentage behind it.
package struct ProgressBar: Hashable, Sendable {
    /// What is done, 0…1; numbers beyond are brought to the nearest of the two.
    package var fraction: Double
    /// The meaning of the filled part.
    package var role: Role
    /// Whether the percentage stands behind the bar.
    package var showsPercentage: Bool

    /// A bar; a fraction that is not a number counts as 0.
    package init(_ fraction: Double, role: Role = .progressDone, showsPercentage: Bool = true) {
        self.fraction = fraction.isNaN ? 0 : min(max(fraction, 0), 1)
        (self.role, self.showsPercentage) = (role, showsPercentage)
    }

    /// Draws it on the first line of what is in sight of a part.
    package func draw(in part: Rectangle, on canvas: inout Canvas) {
        let part = part.intersection(canvas.bounds)
        let label = showsPercentage && part.columns >= 8 ? 5 : 0
        let width = part.columns - label
        let levels = canvas.glyphs.barLevels
        let steps = Int(fraction * Double(width * levels.count))
        canvas.with(part.line(0)) { canvas in
            for column in 0..<max(0, width) {
                let filled = min(levels.count, steps - column * levels.count)
                let symbol = filled > 0 ? levels[filled - 1] : canvas.glyphs.shadeLight
                canvas.write(symbol, at: Point(column, 0), role: filled > 0 ? role : .progressTodo)
            }
            if label > 0 {
                let text = CellText("\(Int(fraction * 100))%", role)
                canvas.write(text, in: Rectangle(width, 0, label, 1), alignment: .trailing)
            }
        }
    }
}
