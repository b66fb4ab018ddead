import GatewayAPI
import Terminal

/// All moves, and the selected one with its phases; of a drain its progress, and what becomes of each of its users.
struct MovesView {
    /// What is shown.
    let console: ConsoleProgram

    /// Draws it over the whole region.
    func draw(_ scene: Scene, on canvas: inout Canvas) {
        let layout = console.movesLayout(canvas.bounds)
        if let drain = scene.fleet.drain { DrainPane(drain: drain).draw(scene, in: layout.drain, on: &canvas) }
        drawMoves(layout, scene, on: &canvas)
        drawUsers(layout, scene, on: &canvas)
    }

    private func drawMoves(_ layout: MovesLayout, _ scene: Scene, on canvas: inout Canvas) {
        let (table, detail) = (layout.moves, layout.move)
        guard !table.isEmpty else { return }
        // Those of a drain are counted in its pane; gateways forget the oldest of them.
        let hasDrain = scene.fleet.drain != nil
        let total = MoveTotal(scene.fleet.moves.filter { !hasDrain || $0.move.drain == nil }, now: scene.now)
        let hasFocus = !console.isDrainFocused
        Framed.draw(
            console.moves, titled: mark(hasFocus, layout, scene) + "Moves", in: table, hasFocus: hasFocus, scene,
            on: &canvas)
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

    private func drawUsers(_ layout: MovesLayout, _ scene: Scene, on canvas: inout Canvas) {
        guard !layout.users.isEmpty else { return }
        let (list, hasFocus) = (console.drained, console.isDrainFocused)
        Framed.draw(
            list, titled: mark(hasFocus, layout, scene) + "Users", in: layout.users, hasFocus: hasFocus, scene,
            on: &canvas)
        guard !layout.user.isEmpty else { return }
        let digest = list.digest(in: scene)
        let inside = canvas.box(layout.user, title: digest?.title ?? "").inset(left: 1, right: 1)
        for (row, line) in (digest?.lines ?? []).prefix(inside.rows).enumerated() {
            canvas.write(line, at: inside.line(row).origin, limit: inside.columns)
        }
    }

    /// Tells the list that has the keys where there are two, also where there are no colours.
    private func mark(_ hasFocus: Bool, _ layout: MovesLayout, _ scene: Scene) -> String {
        hasFocus && !layout.moves.isEmpty && !layout.users.isEmpty ? scene.glyphs.selection + " " : ""
    }
}
