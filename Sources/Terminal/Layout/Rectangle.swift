/// A part of a canvas; may be empty, and may lie partly or wholly outside the canvas.
package struct Rectangle: Hashable, Sendable {
    /// The top left corner.
    package let origin: Point
    /// Width and height.
    package let size: Size

    /// A rectangle from its corner and size.
    package init(origin: Point, size: Size) {
        self.origin = origin
        self.size = size
    }

    /// A rectangle from four numbers; a negative width or height becomes zero.
    package init(_ column: Int, _ row: Int, _ columns: Int, _ rows: Int) {
        self.init(origin: Point(column, row), size: Size(columns: columns, rows: rows))
    }

    /// The column of the left edge.
    package var left: Int { origin.column }
    /// The row of the top edge.
    package var top: Int { origin.row }
    /// The first column right of it.
    package var right: Int { origin.column + size.columns }
    /// The first row below it.
    package var bottom: Int { origin.row + size.rows }
    /// Width in cells.
    package var columns: Int { size.columns }
    /// Height in cells.
    package var rows: Int { size.rows }
    /// Whether there is no cell in it.
    package var isEmpty: Bool { size.isEmpty }

    /// Whether the cell at the place lies inside.
    package func contains(_ point: Point) -> Bool {
        point.column >= left && point.column < right && point.row >= top && point.row < bottom
    }

    /// The part shared by both; empty when they do not meet.
    package func intersection(_ other: Rectangle) -> Rectangle {
        let (left, top) = (max(left, other.left), max(top, other.top))
        return Rectangle(left, top, min(right, other.right) - left, min(bottom, other.bottom) - top)
    }

    /// The same size at another place.
    package func moved(columns: Int = 0, rows: Int = 0) -> Rectangle {
        Rectangle(origin: origin.moved(columns: columns, rows: rows), size: size)
    }
}
