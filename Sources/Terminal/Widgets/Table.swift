/// Rows and columns with headings, a selected row and a line that says which rows are seen.
///
/// Rows are asked for one by one and only those in sight, so a table of 100,000 rows costs what its window shows.
/// A view builds it, draws it and forgets it; selection and offset live in a ``ListSelection``.
package struct Table {
    /// All columns, from left to right.
    package var columns: [TableColumn]
    /// How many rows there are.
    package var count: Int
    /// The row that is picked out; nil for none.
    package var selected: Int?
    /// The first row in sight; moved as need be so that the selected one is in sight.
    package var offset: Int
    /// Which heading gets the mark.
    package var sort: TableSort?
    /// Whether this table has the keys.
    package var hasFocus: Bool
    /// What is written when there are no rows.
    package var emptyText: String
    /// Whether the last line says which rows are seen.
    package var showsCount: Bool
    private let row: (Int) -> [CellText]

    /// A table; `row` gives for a number in `0..<count` the texts of all columns, in order.
    package init(
        columns: [TableColumn], count: Int, selected: Int? = nil, offset: Int = 0, sort: TableSort? = nil,
        hasFocus: Bool = true, emptyText: String = "nothing here", showsCount: Bool = true,
        row: @escaping (Int) -> [CellText]
    ) {
        (self.columns, self.count, self.selected, self.offset) = (columns, max(0, count), selected, offset)
        (self.sort, self.hasFocus, self.emptyText, self.showsCount) = (sort, hasFocus, emptyText, showsCount)
        self.row = row
    }

    /// How many rows are in sight in a region of so many lines: what page up and page down go by.
    package static func visibleRows(inHeight lines: Int, showsCount: Bool = true) -> Int {
        max(0, lines - (showsCount ? 2 : 1))
    }

    /// Draws it over the whole region of the canvas.
    package func draw(on canvas: inout Canvas) {
        let visible = Self.visibleRows(inHeight: canvas.size.rows, showsCount: showsCount)
        let layout = TableLayout(columns: columns, width: canvas.size.columns)
        drawHeadings(layout, on: &canvas)
        if count == 0 && visible > 0 {
            canvas.write(CellText(emptyText, .dim), in: Rectangle(2, 1, canvas.size.columns - 2, 1))
        }
        let first = firstRow(visible: visible)
        for line in 0..<min(visible, count - first) {
            drawRow(first + line, at: line + 1, layout, on: &canvas)
        }
        if showsCount && canvas.size.rows > 1 {
            let footer = CellText(countText(first: first, visible: visible), .dim)
            canvas.write(footer, in: canvas.bounds.lastLine, alignment: .trailing)
        }
    }

    private func drawHeadings(_ layout: TableLayout, on canvas: inout Canvas) {
        canvas.with(canvas.bounds.line(0), ground: .header) { canvas in
            for place in layout.places {
                let column = columns[place.column]
                var title = column.title
                if let sort, sort.column == place.column {
                    title += sort.isAscending ? canvas.glyphs.ascending : canvas.glyphs.descending
                }
                let part = Rectangle(place.left, 0, place.width, 1)
                canvas.write(CellText(title, .header), in: part, alignment: column.alignment)
            }
        }
    }

    private func drawRow(_ number: Int, at line: Int, _ layout: TableLayout, on canvas: inout Canvas) {
        let texts = row(number)
        for place in layout.places where place.column < texts.count {
            let part = Rectangle(place.left, line, place.width, 1)
            canvas.write(texts[place.column], in: part, alignment: columns[place.column].alignment)
        }
        if number == selected {
            canvas.write(canvas.glyphs.selection, at: Point(0, line))
            canvas.lay(canvas.bounds.line(line), on: hasFocus ? .selection : .selectionInactive)
            if hasFocus { canvas.placeCursor(at: Point(0, line)) }
        }
    }

    /// The offset, moved so that the window is full and the selected row is in it.
    private func firstRow(visible: Int) -> Int {
        guard visible > 0, count > 0 else { return 0 }
        var first = offset
        if let selected, selected >= 0, selected < count {
            first = first.heldTo(max(0, selected - visible + 1)...selected)
        }
        return first.heldTo(0...max(0, count - visible))
    }

    private func countText(first: Int, visible: Int) -> String {
        guard count > visible else { return count == 1 ? "1 row" : "\(count) rows" }
        if let selected, selected >= 0, selected < count { return "\(selected + 1) of \(count)" }
        return "\(first + 1) to \(min(count, first + visible)) of \(count)"
    }
}
