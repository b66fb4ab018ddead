extension Rectangle {
    /// The rectangle less so many cells at each edge.
    package func inset(left: Int = 0, top: Int = 0, right: Int = 0, bottom: Int = 0) -> Rectangle {
        Rectangle(
            origin: origin.moved(columns: left, rows: top),
            size: Size(columns: columns - left.held - right.held, rows: rows - top.held - bottom.held))
    }

    /// The rectangle less so many cells at all four edges: what is inside of a ``Canvas/box(_:title:role:)``.
    package func inset(by cells: Int = 1) -> Rectangle {
        inset(left: cells, top: cells, right: cells, bottom: cells)
    }

    /// Side by side parts, from left to right, as the extents ask for.
    package func columns(_ extents: Extent..., gap: Int = 0) -> [Rectangle] {
        columns(extents, gap: gap)
    }

    /// Side by side parts, from left to right, as the extents ask for.
    package func columns(_ extents: [Extent], gap: Int = 0) -> [Rectangle] {
        var left = left
        return Extent.lengths(of: extents, filling: columns, gap: gap).map { length in
            defer { left += length + max(0, gap.held) }
            return Rectangle(left, top, length, rows)
        }
    }

    /// Parts one below the other, from the top, as the extents ask for.
    package func rows(_ extents: Extent..., gap: Int = 0) -> [Rectangle] {
        rows(extents, gap: gap)
    }

    /// Parts one below the other, from the top, as the extents ask for.
    package func rows(_ extents: [Extent], gap: Int = 0) -> [Rectangle] {
        var top = top
        return Extent.lengths(of: extents, filling: rows, gap: gap).map { length in
            defer { top += length + max(0, gap.held) }
            return Rectangle(left, top, columns, length)
        }
    }

    /// One line of it, counted from its own top; empty when there is no such line.
    package func line(_ row: Int) -> Rectangle {
        row >= 0 && row < rows ? Rectangle(left, top + row, columns, 1) : Rectangle(left, top, 0, 0)
    }

    /// The last line of it.
    package var lastLine: Rectangle { line(rows - 1) }

    /// A rectangle of the wanted size, or smaller when there is no room, in the middle of this one.
    package func centred(_ wanted: Size) -> Rectangle {
        let (width, height) = (min(wanted.columns, columns), min(wanted.rows, rows))
        return Rectangle(left + (columns - width) / 2, top + (rows - height) / 2, width, height)
    }
}

extension Int {
    /// Itself within the limits of coordinates.
    fileprivate var held: Int { heldTo(Point.coordinates) }
}
