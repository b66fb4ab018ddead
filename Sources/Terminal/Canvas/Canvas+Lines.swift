extension Canvas {
    /// Draws a line to the right.
    package mutating func horizontalLine(
        at point: Point, length: Int, symbol: String? = nil, role: Role = .border
    ) {
        let symbol = symbol ?? glyphs.horizontal
        for column in visible(from: point.column, length: length, within: size.columns) {
            write(symbol, at: Point(column, point.row), role: role, limit: 1)
        }
    }

    /// Draws a line downward.
    package mutating func verticalLine(
        at point: Point, length: Int, symbol: String? = nil, role: Role = .border
    ) {
        let symbol = symbol ?? glyphs.vertical
        for row in visible(from: point.row, length: length, within: size.rows) {
            write(symbol, at: Point(point.column, row), role: role, limit: 1)
        }
    }

    /// Draws a box along the edge of a part, its title on the upper line, and returns what is inside of it.
    @discardableResult
    package mutating func box(_ part: Rectangle, title: String = "", role: Role = .border) -> Rectangle {
        guard part.columns >= 2, part.rows >= 2 else { return part.inset() }
        let (last, low) = (part.right - 1, part.bottom - 1)
        for row in [part.top, low] {
            horizontalLine(at: Point(part.left + 1, row), length: part.columns - 2, role: role)
        }
        for column in [part.left, last] {
            verticalLine(at: Point(column, part.top + 1), length: part.rows - 2, role: role)
        }
        write(glyphs.topLeft, at: part.origin, role: role)
        write(glyphs.topRight, at: Point(last, part.top), role: role)
        write(glyphs.bottomLeft, at: Point(part.left, low), role: role)
        write(glyphs.bottomRight, at: Point(last, low), role: role)
        if !title.isEmpty && part.columns > 5 {
            let width = write(" " + title, at: Point(part.left + 2, part.top), role: .title, limit: part.columns - 5)
            write(" ", at: Point(part.left + 2 + width, part.top), role: .title)
        }
        return part.inset()
    }

    /// The steps of a line that lie inside of the region.
    private func visible(from start: Int, length: Int, within limit: Int) -> Range<Int> {
        let first = max(0, start)
        return first..<max(first, min(limit, start + length.heldTo(0...Point.coordinates.upperBound)))
    }
}
