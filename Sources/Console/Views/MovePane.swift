import ContextTransfer
import GatewayAPI
import Terminal

/// One move with its phases: those that are over stay listed with their times.
struct MovePane {
    /// The move; `nil` when there is none.
    let merged: MergedMove?
    /// What to say when there is none.
    let emptyText: String
    /// What to watch, under that; may be empty.
    var lesson = ""

    /// Draws it over the whole region, best with 37 columns and 11 rows.
    func draw(in scene: Scene, on canvas: inout Canvas) {
        guard let merged else {
            let room = canvas.bounds.inset(left: 1, right: 1)
            let hint = Paragraph(emptyText, role: .dim)
            let rows = hint.lines(width: room.columns).count + 1
            // A long lesson tells what to do itself.
            let isLong = !lesson.isEmpty && Paragraph(lesson).lines(width: room.columns).count > room.rows - rows
            if !isLong { hint.draw(in: room, on: &canvas) }
            Paragraph(lesson).draw(in: room.inset(top: isLong ? 0 : min(rows, room.rows)), on: &canvas)
            return
        }
        drawHeading(merged, scene, on: &canvas)
        let used = 1 + drawProgress(merged, scene, on: &canvas)
        let phases = PhaseLine.all(of: merged, in: scene)
        // On a low screen the phases that are over scroll away, the one under way stays in sight.
        let room = max(0, canvas.size.rows - used)
        let current = phases.lastIndex { $0.standing != .ahead } ?? 0
        let first = min(max(0, current - room + 2), max(0, phases.count - room))
        for (row, phase) in phases.dropFirst(first).prefix(room).enumerated() {
            draw(phase, merged, row: row + used, scene, on: &canvas)
        }
    }

    private func drawHeading(_ merged: MergedMove, _ scene: Scene, on canvas: inout Canvas) {
        let move = merged.move
        let route = CellText("\(move.route.holder) \(scene.glyphs.arrowRight) \(move.route.taker)", emphasis: .bold)
        let line = canvas.bounds.line(0).inset(left: 1, right: 1)
        let width = canvas.width(of: route)
        canvas.write(
            CellText(MoveWords.names(move), merged.isStale ? .statusStale : .text, cue: merged.isStale),
            in: line.inset(right: width + 2))
        canvas.write(route, in: line, alignment: .trailing)
    }

    /// Returns how many rows it took: a reason is told as a whole.
    private func drawProgress(_ merged: MergedMove, _ scene: Scene, on canvas: inout Canvas) -> Int {
        let line = canvas.bounds.line(1).inset(left: 1, right: 1)
        guard let outcome = merged.move.state.outcome else {
            switch merged.move.state {
            case .queued, .settling:
                let text = "\(MoveWords.state(merged.move)): \(MoveWords.remark(merged))"
                canvas.write(CellText(text, .move(merged.move), cue: true), in: line)
            case .running, .awaitingApproval, .stepping, .finished:
                ProgressBar(merged.fraction).draw(in: line, on: &canvas)
            }
            return 1
        }
        var text = MoveWords.outcome(outcome)
        if let pause = merged.move.pause {
            text += ", pause under \(Span.pauseBound(pause, ascii: scene.glyphs.isASCII))"
        }
        // The sign before it takes two columns.
        let lines = Paragraph(text).lines(width: max(1, line.columns - 2)).prefix(Self.reasonRows)
        for (row, text) in lines.enumerated() {
            let words = CellText(row == 0 ? text : "  " + text, .move(merged.move), cue: row == 0, emphasis: .bold)
            canvas.write(words, in: canvas.bounds.line(1 + row).inset(left: 1, right: 1))
        }
        return max(1, lines.count)
    }

    private static let reasonRows = 3

    private func draw(_ phase: PhaseLine, _ merged: MergedMove, row: Int, _ scene: Scene, on canvas: inout Canvas) {
        let line = canvas.bounds.line(row).inset(left: 1, right: 1)
        guard !line.isEmpty else { return }
        let role: Role = phase.standing == .ahead ? .dim : .text
        canvas.write(phase.mark, at: line.origin, limit: 1)
        canvas.write(
            phase.phase.name, at: line.origin.moved(columns: 2), role: role,
            emphasis: phase.standing == .running || phase.standing == .waiting ? .bold : [])
        let rest = line.inset(left: 11)
        if phase.standing == .waiting {
            canvas.write(CellText(hint(merged, scene), Role("move.waiting"), emphasis: .bold), in: rest)
            return
        }
        if phase.standing == .ahead {
            if phase.phase.pausesTraffic && !merged.isOver {
                canvas.write(CellText("\(scene.glyphs.pause) traffic is held", .dim), in: rest)
            }
            return
        }
        let time = Rectangle(line.right - 8, line.top, 8, 1)
        canvas.write(CellText(phase.counts, role), in: Rectangle(rest.left, rest.top, 7, 1), alignment: .leading)
        let bar = Rectangle(rest.left + 8, rest.top, time.left - rest.left - 9, 1)
        if phase.standing == .running && bar.columns >= 4 {
            ProgressBar(phase.fraction, role: phase.mark.role, showsPercentage: bar.columns > 16).draw(
                in: bar, on: &canvas)
        }
        canvas.write(CellText(phase.time, phase.standing == .over ? .dim : .text), in: time, alignment: .trailing)
    }

    /// Which key lets it go on.
    private func hint(_ merged: MergedMove, _ scene: Scene) -> String {
        if let approver = scene.fleet.approver(of: merged) { return "for \(approver): press a" }
        return "press n to go on"
    }
}
