import ForwardingPath
import GatewayAPI
import Terminal

/// Paths, moves and SAs together.
struct DashboardView {
    /// What is shown.
    let console: ConsoleProgram

    /// Draws it over the whole region.
    func draw(_ scene: Scene, on canvas: inout Canvas) {
        let layout = DashboardLayout(canvas.bounds)
        if layout.extent == .single {
            switch console.pane {
            case .paths: drawPaths(layout.paths, scene, on: &canvas)
            case .moves: drawMove(layout.move, lesson, scene, on: &canvas)
            case .associations: drawAssociations(layout.associations, scene, on: &canvas)
            }
            return
        }
        drawPaths(layout.paths, scene, on: &canvas)
        // Where there is room the lesson stays in sight.
        let isApart = layout.extent == .wide && !lesson.isEmpty
        let left = layout.associations.rows(.flexible(), .fixed(isApart ? 7 : 0))
        drawAssociations(left[0], scene, on: &canvas)
        if isApart {
            let inside = canvas.box(left[1], title: "Watch")
            Paragraph(lesson).draw(in: inside.inset(left: 1, right: 1), on: &canvas)
        }
        if layout.extent == .wide {
            Framed.draw(
                console.moves, titled: "Moves", in: layout.moves, hasFocus: console.pane == .moves, scene, on: &canvas)
            let traffic = canvas.box(layout.traffic, title: "Packets a second")
            canvas.with(traffic) { TrafficPane().draw(in: scene, on: &$0) }
            Framed.draw(
                console.events, titled: "Log", in: layout.log, hasFocus: false, isSelectable: false, scene, on: &canvas)
        }
        drawMove(layout.move, isApart ? "" : lesson, scene, on: &canvas)
    }

    private var lesson: String { console.options.lesson }

    private func drawPaths(_ part: Rectangle, _ scene: Scene, on canvas: inout Canvas) {
        let title = console.openPath.map { "Paths: \($0.path.plane.rawValue)" } ?? "Paths"
        let stale = console.openPath?.isStale == true ? " (stale)" : ""
        let inside = canvas.box(part, title: mark(.paths, canvas.glyphs) + title + stale, role: role(.paths))
        canvas.with(inside) { PathsView(console: console).drawFigure(scene, withKey: true, on: &$0) }
    }

    private func drawMove(_ part: Rectangle, _ lesson: String, _ scene: Scene, on canvas: inout Canvas) {
        let merged = console.openMove
        let count = scene.fleet.moves.count
        let place = merged.flatMap { open in scene.fleet.moves.firstIndex { $0.move.id == open.move.id } }
        let title = place.map { "Move \($0 + 1) of \(count)" } ?? "Moves"
        let inside = canvas.box(part, title: mark(.moves, canvas.glyphs) + title, role: role(.moves))
        let emptyText = MoveRows.emptyText(in: scene.fleet)
        canvas.with(inside) {
            MovePane(merged: merged, emptyText: emptyText, lesson: lesson).draw(in: scene, on: &$0)
        }
    }

    private func drawAssociations(_ part: Rectangle, _ scene: Scene, on canvas: inout Canvas) {
        let title = mark(.associations, canvas.glyphs) + "SAs"
        Framed.draw(
            console.associations, titled: title, in: part, hasFocus: console.pane == .associations, scene, on: &canvas)
    }

    /// Tells the pane that has the keys, also where there are no colours.
    private func mark(_ pane: Pane, _ glyphs: Glyphs) -> String { console.pane == pane ? glyphs.selection + " " : "" }

    private func role(_ pane: Pane) -> Role { console.pane == pane ? .borderFocus : .border }
}
