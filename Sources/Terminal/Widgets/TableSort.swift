/// The column that a table is sorted by, for the mark in its heading; the rows come sorted already.
package struct TableSort: Hashable, Sendable {
    /// Its number among all columns, those included that had to go.
    package var column: Int
    /// Smallest first.
    package var isAscending: Bool

    /// Sorted by a column, smallest first unless told otherwise.
    package init(column: Int, ascending: Bool = true) {
        (self.column, isAscending) = (column, ascending)
    }
}
