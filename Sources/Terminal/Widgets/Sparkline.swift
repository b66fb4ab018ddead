/// The last values of a series as a row of little columns, the newest at the right.
package struct Sparkline: Hashable, Sendable {
    /// The values, oldest first; those that are not numbers are left blank.
    package var values: [Double]
    /// The value of a full column; nil takes the greatest in sight.
    package var top: Double?
    /// What the series means.
    package var role: Role

    /// A series, scaled to its greatest value unless told otherwise.
    package init(_ values: [Double], top: Double? = nil, role: Role = .graph(1)) {
        (self.values, self.top, self.role) = (values, top, role)
    }

    /// Draws as many of the last values as there are columns over all lines of what is in sight of a part.
    package func draw(in part: Rectangle, on canvas: inout Canvas) {
        let part = part.intersection(canvas.bounds)
        let visible = values.suffix(max(0, part.columns))
        let top = top ?? visible.filter(\.isFinite).max() ?? 0
        let levels = canvas.glyphs.sparkLevels
        let start = part.columns - visible.count
        canvas.with(part) { canvas in
            for (column, value) in visible.enumerated() where !value.isNaN {
                let share = top > 0 && top.isFinite ? min(max(value / top, 0), 1) : 0
                let steps = max(1, Int((share * Double(levels.count * canvas.size.rows)).rounded()))
                for row in 0..<canvas.size.rows {
                    let level = min(levels.count, steps - (canvas.size.rows - 1 - row) * levels.count)
                    guard level > 0 else { continue }
                    canvas.write(levels[level - 1], at: Point(start + column, row), role: role)
                }
            }
        }
    }
}
