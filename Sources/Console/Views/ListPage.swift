import Terminal

/// A list that has the whole view: its table, and under it what is known of the selected row in short.
enum ListPage {
    /// Rows that the part under the table takes, its box included; 0 on a low screen.
    static func digestRows(inHeight rows: Int) -> Int { rows >= 16 ? 5 : 0 }

    /// Draws it over the whole region.
    static func draw(_ list: any RowListing, titled title: String, _ scene: Scene, on canvas: inout Canvas) {
        let rows = digestRows(inHeight: canvas.size.rows)
        let parts = canvas.bounds.rows(.flexible(), .fixed(rows))
        Framed.draw(list, titled: title, in: parts[0], scene, on: &canvas)
        guard rows > 0 else { return }
        let digest = list.digest(in: scene)
        let inside = canvas.box(parts[1], title: digest?.title ?? "").inset(left: 1, right: 1)
        for (row, line) in (digest?.lines ?? []).prefix(inside.rows).enumerated() {
            canvas.write(line, at: inside.line(row).origin, limit: inside.columns)
        }
    }
}
