import GatewayAPI
import Terminal

/// All moves, and the selected one with its phases.
struct MovesView {
    /// What is shown.
    let console: ConsoleProgram

    /// Rows that the selected move takes, its box included; 0 on a low screen.
    static func detailRows(inHeight rows: Int) -> Int { rows >= 20 ? 13 : 0 }

    /// Draws it over the whole region.
    func draw(_ scene: Scene, on canvas: inout Canvas) {
        let detailRows = console.openMove == nil ? 0 : Self.detailRows(inHeight: canvas.size.rows)
        let drain = scene.fleet.drain
        let parts = canvas.bounds.rows(.fixed(drain == nil ? 0 : 3), .flexible(), .fixed(detailRows))
        let (table, detail) = (parts[1], parts[2])
        if let drain { DrainPane(drain: drain).draw(scene, in: parts[0], on: &canvas) }
        // Those of a drain are counted in its pane; gateways forget the oldest of them.
        let total = MoveTotal(scene.fleet.moves.filter { drain == nil || $0.move.drain == nil }, now: scene.now)
        Framed.draw(console.moves, titled: "Moves", in: table, scene, on: &canvas)
        if !total.text.isEmpty && table.columns > 60 {
            let text = " \(total.text) "
            let width = min(VisibleText(text).width, table.columns - 24)
            canvas.write(text, at: Point(table.right - width - 2, table.top), role: .title, limit: width)
        }
        guard !detail.isEmpty, let merged = console.openMove else { return }
        let inside = canvas.box(detail, title: "Move \(MoveWords.short(merged.move.id))")
        let isWide = inside.columns >= 76
        let halves = inside.columns(isWide ? [.flexible(weight: 1), .flexible(weight: 1)] : [.flexible()], gap: 1)
        canvas.with(halves[0]) { MovePane(merged: merged, emptyText: "").draw(in: scene, on: &$0) }
        guard isWide else { return }
        canvas.verticalLine(at: Point(halves[1].left - 1, inside.top), length: inside.rows)
        for (row, line) in MoveFacts.lines(merged, scene).dropFirst(2).prefix(halves[1].rows).enumerated() {
            let place = halves[1].line(row).inset(left: 1)
            canvas.write(CellText(line.name, .dim), in: place)
            canvas.write(line.value, at: place.origin.moved(columns: 11), limit: place.columns - 11)
        }
    }
}
