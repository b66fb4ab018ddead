import ForwardingPath
import GatewayAPI
import Terminal

/// The paths of one plane drawn, with tabs for the planes.
struct PathsView {
    /// What is shown.
    let console: ConsoleProgram

    /// Draws it over the whole region.
    func draw(_ scene: Scene, on canvas: inout Canvas) {
        let inside = canvas.box(canvas.bounds, title: "Paths", role: .borderFocus).inset(left: 1, right: 1)
        let parts = inside.rows(.fixed(1), .fixed(1), .flexible(minimum: 3), .fixed(1), .fixed(3))
        let planes = scene.fleet.paths.map(\.path.plane.rawValue)
        if !planes.isEmpty { Tabs(planes, selected: console.plane).draw(in: parts[0], on: &canvas) }
        canvas.with(parts[2]) { drawFigure(scene, withKey: false, on: &$0) }
        canvas.with(parts[4]) { drawLegend(on: &$0) }
    }

    /// Draws only the figure, over the whole region, with what its signs mean where that is not told elsewhere.
    func drawFigure(_ scene: Scene, withKey: Bool, on canvas: inout Canvas) {
        guard let open = console.openPath else {
            let text = GatewayRows.unreached(scene.fleet, or: "no gateway knows a path")
            Paragraph(text, role: .dim).draw(in: canvas.bounds.inset(left: 1, right: 1), on: &canvas)
            return
        }
        PathFigure(merged: open, arcs: console.arcs.arcs, scene: scene, hasKey: withKey).draw(on: &canvas)
    }

    private func drawLegend(on canvas: inout Canvas) {
        guard let open = console.openPath else { return }
        let through = { (path: [NodeName]) in path.count > 1 ? ", through \(path[1])" : "" }
        var signs = [
            CellText("=", .pathPrevious), CellText(" path in use\(through(open.path.previous))   ", .dim),
        ]
        if let next = open.path.next {
            signs += [CellText("*", .pathNext), CellText(" path to move to\(through(next))", .dim)]
        }
        let gateway =
            open.reported.gateway.map { $0.text == "G" ? "both meet at G" : "both meet at \($0), which is G" }
            ?? open.reported.reason
        var lines = [
            signs, [CellText(gateway, open.reported.gateway == nil ? .statusUnknown : .pathGateway, cue: true)],
        ]
        if !open.dissenters.isEmpty {
            let names = open.dissenters.joined(separator: ", ")
            lines.append([
                CellText("\(names) \(open.dissenters.count == 1 ? "says" : "say") otherwise", .statusWarn, cue: true)
            ])
        }
        for (row, line) in lines.enumerated() {
            canvas.write(line, at: Point(0, row), limit: canvas.size.columns)
        }
    }
}
