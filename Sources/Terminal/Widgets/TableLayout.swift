/// Where the columns of a table stand at some width, and which of them had to go.
struct TableLayout: Hashable, Sendable {
    /// One column that stayed: its number among all, its left edge and its width.
    struct Place: Hashable, Sendable {
        /// Its number among all columns.
        let column: Int
        /// Its first cell.
        let left: Int
        /// Its cells.
        let width: Int
    }

    /// The columns that stayed, from left to right.
    let places: [Place]

    /// Cells on the left for the mark of the selected row.
    static let margin = 2
    /// Cells between columns.
    static let gap = 2

    /// Drops columns by priority until the rest has its least width, then the last ones while there is no cell for
    /// one, and shares out what is left over.
    init(columns: [TableColumn], width: Int) {
        var staying = Array(columns.indices)
        let room = max(0, width - Self.margin)
        while staying.reduce(0, { $0 + columns[$1].width.minimum + Self.gap }) - Self.gap > room,
            let first = staying.last(where: { index in
                columns[index].priority > 0 && !staying.contains { columns[$0].priority > columns[index].priority }
            })
        {
            staying.removeAll { $0 == first }
        }
        var widths = Self.widths(of: staying.map { columns[$0].width }, filling: room)
        while widths.count > 1, widths.contains(0) {
            staying.removeLast()
            widths = Self.widths(of: staying.map { columns[$0].width }, filling: room)
        }
        var left = Self.margin
        places = zip(staying, widths).map { column, width in
            defer { left += width + Self.gap }
            return Place(column: column, left: left, width: width)
        }
    }

    private static func widths(of extents: [Extent], filling room: Int) -> [Int] {
        Extent.lengths(of: extents, filling: room, gap: gap)
    }
}
