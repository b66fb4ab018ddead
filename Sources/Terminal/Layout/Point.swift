/// A place on a canvas in cells: columns to the right, rows downward, the top left corner is (0, 0).
///
/// Coordinates are kept within ±2³⁰, so that sums of them never overflow.
package struct Point: Hashable, Sendable {
    /// Columns from the left edge.
    package let column: Int
    /// Rows from the top edge.
    package let row: Int

    /// Takes any numbers; those beyond ±2³⁰ are brought to that limit.
    package init(_ column: Int, _ row: Int) {
        self.column = column.heldTo(Self.coordinates)
        self.row = row.heldTo(Self.coordinates)
    }

    /// The top left corner.
    package static let zero = Point(0, 0)

    /// What a coordinate may be.
    static let coordinates = -1 << 30...1 << 30

    /// The place so many columns to the right and rows below this one.
    package func moved(columns: Int = 0, rows: Int = 0) -> Point {
        Point(column + columns.heldTo(Self.coordinates), row + rows.heldTo(Self.coordinates))
    }
}
