extension Canvas {
    /// The picture: the text of each row of the whole canvas, blanks at its end included. What tests compare.
    package var lines: [String] {
        (0..<whole.rows).map { row in self.row(row).map(\.symbol).joined() }
    }

    /// The picture of the roles: for each cell the letter that the legend gives its role, `.` for all others.
    package func roles(_ legend: [Role: Character]) -> [String] {
        picture { legend[$0.role] }
    }

    /// The picture of the grounds: for each cell the letter that the legend gives its ground, `.` for all others.
    package func grounds(_ legend: [Role: Character]) -> [String] {
        picture { legend[$0.ground] }
    }

    /// One row as stretches of text of one role each; empty outside.
    package func stretches(inRow row: Int) -> [CellText] {
        guard row >= 0 && row < whole.rows else { return [] }
        var stretches: [CellText] = []
        for cell in self.row(row) {
            if let last = stretches.last, last.role == cell.role, last.emphasis == cell.emphasis {
                stretches[stretches.count - 1].text += cell.symbol
            } else {
                stretches.append(CellText(cell.symbol, cell.role, emphasis: cell.emphasis))
            }
        }
        return stretches
    }

    /// Columns and rows of the whole canvas, also while a part of it is drawn on.
    package var wholeSize: Size { whole }

    /// The cells of one row of the whole canvas, from left to right; the row must exist.
    package func row(_ row: Int) -> ArraySlice<Cell> {
        cells[row * whole.columns..<(row + 1) * whole.columns]
    }

    private func picture(_ letter: (Cell) -> Character?) -> [String] {
        (0..<whole.rows).map { row in String(self.row(row).map { letter($0) ?? "." }) }
    }
}
