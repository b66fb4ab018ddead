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
        for node in nodes { write(node, places, row: rows.upper, on: &canvas) }
        // Under them the new path comes down.
        writeNotes(nodes, places, row: rows.upper + 1, count: rows.notes, barrier: places.meeting, on: &canvas)
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
            write(node, places, row: rows.lower, on: &canvas)
        }
        writeNotes(places.joining, places, row: rows.lower + 1, count: rows.notes, barrier: nil, on: &canvas)
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

    private func write(_ node: NodeName, _ places: PathPlaces, row: Int, on canvas: inout Canvas) {
        guard let span = places.span(of: node) else { return }
        let gateways = gateways(of: node)
        let isLost = !gateways.isEmpty && gateways.allSatisfy(\.isStale)
        let isGateway = merged.reported.gateway == node
        let holds = gateways.contains { $0.associations.liveCount(on: merged.path.plane) > 0 }
        let role: Role = isLost ? .statusStale : isGateway ? .pathGateway : .text
        canvas.write(
            places.text(of: node), at: Point(span.lowerBound, row), role: role,
            emphasis: holds || isGateway ? .bold : [], limit: span.count)
    }

    /// The daemon of a node; of the first one also of those beside it.
    private func gateways(of node: NodeName) -> [GatewayMirror] {
        let nodes = node == merged.path.nearEnd ? merged.nearEnds : [node]
        return nodes.compactMap { scene.fleet.gateway(of: $0) }
    }

    /// Writes what stands under nodes, so that nothing runs together.
    private func writeNotes(
        _ nodes: [NodeName], _ places: PathPlaces, row: Int, count: Int, barrier: Int?, on canvas: inout Canvas
    ) {
        let written = nodes.map { (node: $0, notes: self.notes(of: $0)) }
        for offset in 0..<count {
            let there = written.filter { $0.notes.count > offset }
            for isShort in [false, true] {
                let texts = there.map { isShort ? $0.notes[offset].short : $0.notes[offset].full }
                let line = PathNotes(
                    there.map { $0.node }, widths: texts.map { canvas.width(of: $0) }, places, barrier: barrier,
                    columns: canvas.size.columns)
                guard line.fits || isShort else { continue }
                for (text, start) in zip(texts, line.starts) { canvas.write(text, at: Point(start, row + offset)) }
                break
            }
        }
    }

    /// What stands under a node, in full and in short: its SAs and how fast their packets go.
    private func notes(of node: NodeName) -> [(full: CellText, short: CellText)] {
        var notes: [(full: CellText, short: CellText)] = []
        func add(_ text: CellText, short: CellText? = nil) { notes.append((text, short ?? text)) }
        if merged.reported.gateway == node && node.text != "G" { add(CellText("G", .pathGateway)) }
        let gateways = gateways(of: node)
        if gateways.contains(where: \.isStale) { add(CellText("lost", .statusStale, cue: true)) }
        let counts = gateways.map { $0.associations.liveCount(on: merged.path.plane) }
        let count = counts.reduce(0, +)
        guard count > 0 else { return notes }
        add(CellText(Count.of(count, "SA", "SAs"), .dim), short: CellText(Count.text(count), .dim))
        let perSecond = zip(gateways, counts).compactMap { rate(of: $0, ofAll: $1) }.reduce(0, +)
        if perSecond >= 0.5 { add(CellText(Count.rate(perSecond), .statusOK)) }
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
