import ForwardingPath
import GatewayAPI
import Terminal

/// The paths of a plane as the draft draws them: the previous one with `=`, the new one below it with `*`, and under
/// both the SAs as arcs between their ends. When the two change places, the signs do and the nodes stay.
///
/// ```
///  MN ==== PR ======= SG1 ======= G ===== RN
///  *                              *
///  ******* NR ******* SG2 *********
///  ╰── up, down: type 5 ──╯ can move to SG2
///
///  = path in use   * path to move to
/// ```
struct PathFigure {
    /// The paths.
    let merged: MergedPath
    /// The SAs between their nodes.
    let arcs: [PathArc]
    /// What is known of the nodes' daemons, and the time.
    let scene: Scene
    /// Whether it tells what its signs mean, where there is room.
    let hasKey: Bool

    /// Draws it over the whole region.
    func draw(on canvas: inout Canvas) {
        let places = PathPlaces(merged, width: canvas.size.columns)
        let rows = PathRows(height: canvas.size.rows, arcs: arcs.count)
        drawUpper(places, rows, on: &canvas)
        drawLower(places, rows, on: &canvas)
        if hasKey && rows.key != nil { drawKey(row: canvas.size.rows - 1, on: &canvas) }
        let room = max(0, canvas.size.rows - rows.arcs - (hasKey ? rows.key ?? 0 : 0))
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

    private func drawUpper(_ places: PathPlaces, _ rows: PathRows, on canvas: inout Canvas) {
        let nodes = merged.drawn.previous
        for (from, to) in zip(nodes, nodes.dropFirst()) {
            guard let start = places.span(of: from), let end = places.span(of: to) else { continue }
            let isCommon = places.isCommon(from) && places.isCommon(to)
            line(
                isCommon ? "=" : upper.sign, from: start.upperBound + 1, to: end.lowerBound - 1, row: rows.upper,
                role: isCommon ? .pathCommon : upper.role, on: &canvas)
        }
        for node in nodes { write(node, places, row: rows.upper, notes: rows.notes, on: &canvas) }
    }

    private func drawLower(_ places: PathPlaces, _ rows: PathRows, on canvas: inout Canvas) {
        guard merged.path.next != nil else {
            canvas.write(
                "new path not known yet: types are pending (:seek ROUTER has one set up)",
                at: Point(1, rows.lower), role: .statusUnknown)
            return
        }
        guard let start = places.nearEnd, let end = places.meeting else {
            let text = CellText(merged.reported.reason, .statusWarn, cue: true)
            canvas.write(text, at: Point(1, rows.lower), limit: canvas.size.columns - 1)
            return
        }
        for row in rows.upper + 1..<rows.lower {
            for column in [start, end] { canvas.write(lower.sign, at: Point(column, row), role: lower.role) }
        }
        line(lower.sign, from: start, to: end + 1, row: rows.lower, role: lower.role, on: &canvas)
        for node in places.joining {
            guard let span = places.span(of: node) else { continue }
            canvas.fill(Rectangle(span.lowerBound - 1, rows.lower, span.count + 2, 1))
            write(node, places, row: rows.lower, notes: rows.notes, on: &canvas)
        }
    }

    /// What the signs mean.
    private func drawKey(row: Int, on canvas: inout Canvas) {
        guard merged.path.next != nil else { return }
        let key = [
            CellText(Self.inUse.sign, Self.inUse.role), CellText(" path in use   ", .dim),
            CellText(Self.toMoveTo.sign, Self.toMoveTo.role), CellText(" path to move to", .dim),
        ]
        canvas.write(key, at: Point(1, row), limit: canvas.size.columns - 1)
    }

    private static let inUse = (sign: "=", role: Role.pathPrevious)
    private static let toMoveTo = (sign: "*", role: Role.pathNext)
    private var upper: (sign: String, role: Role) { merged.isTurned ? Self.toMoveTo : Self.inUse }
    private var lower: (sign: String, role: Role) { merged.isTurned ? Self.inUse : Self.toMoveTo }

    private func write(_ node: NodeName, _ places: PathPlaces, row: Int, notes: Int, on canvas: inout Canvas) {
        guard let span = places.span(of: node) else { return }
        let gateway = scene.fleet.gateway(of: node)
        let isLost = gateway?.isStale == true
        let isGateway = merged.reported.gateway == node
        let holds = (gateway?.associations.liveCount(on: merged.path.plane) ?? 0) > 0
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
        let count = gateway.associations.liveCount(on: merged.path.plane)
        guard count > 0 else { return notes }
        notes.append(CellText(Count.of(count, "SA", "SAs"), .dim))
        if let rate = rate(of: gateway, ofAll: count), rate >= 0.5 {
            notes.append(CellText(Count.rate(rate), .statusOK))
        }
        return notes
    }

    /// Packets of a gateway's SAs on the plane for each second, which are `count`.
    private func rate(of gateway: GatewayMirror, ofAll count: Int) -> Double? {
        guard gateway.associations.liveCount != count else { return gateway.rate(at: scene.now) }
        let own = gateway.associations.identifiers.compactMap { gateway.associations[$0] }.filter {
            $0.isLive && $0.reported.plane == merged.path.plane
        }
        let rates = own.compactMap { gateway.rate(of: $0, at: scene.now) }
        return rates.isEmpty ? nil : rates.reduce(0, +)
    }

    private func line(_ symbol: String, from start: Int, to end: Int, row: Int, role: Role, on canvas: inout Canvas) {
        guard start < end else { return }
        canvas.write(String(repeating: symbol, count: end - start), at: Point(start, row), role: role)
    }
}
