/// How many columns and rows; never negative.
package struct Size: Hashable, Sendable {
    /// Cells from left to right.
    package let columns: Int
    /// Cells from top to bottom.
    package let rows: Int

    /// Takes any numbers; negative ones become zero.
    package init(columns: Int, rows: Int) {
        self.columns = columns.heldTo(0...1 << 30)
        self.rows = rows.heldTo(0...1 << 30)
    }

    /// Whether there is no cell in it.
    package var isEmpty: Bool { columns == 0 || rows == 0 }
}
