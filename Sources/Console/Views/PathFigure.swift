import ForwardingPath
import GatewayAPI
import Terminal

/// The paths of a plane as the draft draws them: the previous one with `=`, the new one below it with `*`, and under
/// both the SAs as arcs between their ends.
///
/// ```
///  MN ==== PR ======= SG1 ======= G ===== RN
///  *                              *
///  ******* NR ******* SG2 *********
///  ╰── up, down: type 5 ──╯ SG1 → SG2
/// ```
struct PathFigure {
    /// The paths.
    let merged: MergedPath
    /// The SAs between their nodes.
    let arcs: [PathArc]
    /// What is known of the nodes' daemons, and the time.
    let scene: Scene

    /// Draws it over the whole region.
    func draw(on canvas: inout Canvas) {
        let places = PathPlaces(merged, width: canvas.size.columns)
        let rows = PathRows(height: canvas.size.rows, arcs: arcs.count)
        drawPrevious(places, rows, on: &canvas)
        drawNext(places, rows, on: &canvas)
        let room = max(0, canvas.size.rows - rows.arcs)
        let fitting = (room + rows.arcStep - 1) / rows.arcStep
        let shown = arcs.count > fitting ? max(0, fitting - 1) : arcs.count
        for (number, arc) in arcs.prefix(shown).enumerated() {
            PathArcFigure(arc: arc, places: places).draw(row: rows.arcs + number * rows.arcStep, on: &canvas)
        }
        if shown < arcs.count {
            let left = arcs.dropFirst(shown).reduce(0) { $0 + $1.count }
            let text = "and \(Count.of(left, "SA", "SAs")) more: press 2"
            canvas.write(text, at: Point(1, rows.arcs + shown * rows.arcStep), role: .dim)
        }
    }

    private func drawPrevious(_ places: PathPlaces, _ rows: PathRows, on canvas: inout Canvas) {
        let nodes = merged.path.previous
        for (from, to) in zip(nodes, nodes.dropFirst()) {
            guard let start = places.span(of: from), let end = places.span(of: to) else { continue }
            let isCommon = places.isCommon(from) && places.isCommon(to)
            line(
                "=", from: start.upperBound + 1, to: end.lowerBound - 1, row: rows.previous,
                role: isCommon ? .pathCommon : .pathPrevious, on: &canvas)
        }
        for node in nodes { write(node, places, row: rows.previous, notes: rows.notes, on: &canvas) }
    }

    private func drawNext(_ places: PathPlaces, _ rows: PathRows, on canvas: inout Canvas) {
        guard merged.path.next != nil else {
            canvas.write(
                "the new path is not known yet: types are pending", at: Point(1, rows.next), role: .statusUnknown)
            return
        }
        guard let start = places.nearEnd, let end = places.meeting else {
            let text = CellText(merged.reported.reason, .statusWarn, cue: true)
            canvas.write(text, at: Point(1, rows.next), limit: canvas.size.columns - 1)
            return
        }
        for row in rows.previous + 1..<rows.next {
            for column in [start, end] { canvas.write("*", at: Point(column, row), role: .pathNext) }
        }
        line("*", from: start, to: end + 1, row: rows.next, role: .pathNext, on: &canvas)
        for node in places.joining {
            guard let span = places.span(of: node) else { continue }
            canvas.fill(Rectangle(span.lowerBound - 1, rows.next, span.count + 2, 1))
            write(node, places, row: rows.next, notes: rows.notes, on: &canvas)
        }
    }

    private func write(_ node: NodeName, _ places: PathPlaces, row: Int, notes: Int, on canvas: inout Canvas) {
        guard let span = places.span(of: node) else { return }
        let gateway = scene.fleet.gateway(of: node)
        let isLost = gateway?.isStale == true
        let isGateway = merged.reported.gateway == node
        let holds = (gateway?.associations.count ?? 0) > 0
        let role: Role = isLost ? .statusStale : isGateway ? .pathGateway : .text
        canvas.write(
            node.text, at: Point(span.lowerBound, row), role: role, emphasis: holds || isGateway ? .bold : [],
            limit: span.count)
        for (number, note) in self.notes(of: node, gateway).prefix(notes).enumerated() {
            let width = canvas.width(of: note)
            // The new path comes down from the middle of these two.
            let isCorner = places.centre(of: node.text).map { $0 == places.nearEnd || $0 == places.meeting } ?? false
            let middle = (span.lowerBound + span.upperBound - width + 1) / 2
            let start = isCorner ? (places.centre(of: node.text) ?? 0) + 2 : max(0, middle)
            canvas.write(note, at: Point(start, row + 1 + number))
        }
    }

    /// What stands under a node: its SAs and how fast their packets go.
    private func notes(of node: NodeName, _ gateway: GatewayMirror?) -> [CellText] {
        var notes: [CellText] = []
        if merged.reported.gateway == node && node.text != "G" { notes.append(CellText("G", .pathGateway)) }
        guard let gateway else { return notes }
        if gateway.isStale { notes.append(CellText("lost", .statusStale, cue: true)) }
        guard gateway.associations.count > 0 else { return notes }
        notes.append(CellText(Count.of(gateway.associations.count, "SA", "SAs"), .dim))
        if let rate = gateway.rate(at: scene.now), rate >= 0.5 { notes.append(CellText(Count.rate(rate), .statusOK)) }
        return notes
    }

    private func line(_ symbol: String, from start: Int, to end: Int, row: Int, role: Role, on canvas: inout Canvas) {
        guard start < end else { return }
        canvas.write(String(repeating: symbol, count: end - start), at: Point(start, row), role: role)
    }
}
