import ForwardingPath
import GatewayAPI
import Terminal

/// How far a drain is: bar, counts, rate and time left in one line; users, SAs and gateways in two more where there is room.
struct DrainPane {
    /// What is shown.
    let drain: ReportedDrain

    /// Draws it with its box.
    func draw(_ scene: Scene, in part: Rectangle, on canvas: inout Canvas) {
        let inside = canvas.box(part, title: title(scene)).inset(left: 1, right: 1)
        guard !inside.isEmpty else { return }
        let fraction = drain.isInterrupted ? 0 : drain.moves == 0 ? 1 : Double(drain.ended) / Double(drain.moves)
        let forms = words(now: scene.now).map {
            CellText($0, drain.isClean ? .text : .statusWarn).spelled(in: scene.glyphs)
        }
        // What can be worked out from the rest goes first, and the bar takes what is left.
        let room = inside.columns - Self.leastBar - 1
        guard let text = forms.first(where: { canvas.width(of: $0) <= room }) ?? forms.last else { return }
        let width = min(Self.mostBar, max(Self.leastBar, inside.columns - canvas.width(of: text) - 1))
        let bar = BarText.text(fraction, width: width, scene.glyphs)
        canvas.write(bar, at: inside.origin, role: .progressDone, limit: width)
        canvas.write(text, at: inside.origin.moved(columns: width + 1), limit: max(0, inside.columns - width - 1))
        guard !drain.isInterrupted else { return }
        for (row, line) in [associations, targets].prefix(inside.rows - 1).enumerated() {
            canvas.write(CellText(line), in: inside.line(row + 1))
        }
    }

    /// `1,000 users, 2,000 SAs: 1,198 moved, 2 refused, 800 left; 5 cannot move; 3 stay`.
    private var associations: String {
        let ends = [
            (drain.refusedAssociations, "refused"), (drain.abortedAssociations, "aborted"),
            (drain.failedAssociations, "failed"),
        ].filter { $0.0 > 0 }
        let rest = drain.associations - drain.moved - ends.reduce(0) { $0 + $1.0 }
        let words =
            ["\(Count.text(drain.moved)) moved"] + ends.map { "\(Count.text($0)) \($1)" }
            + (rest > 0 ? ["\(Count.text(rest)) \(drain.end == nil ? "left" : "not begun")"] : [])
        return "\(Count.of(drain.users, "user", "users")), \(Count.of(drain.associations, "SA", "SAs")): "
            + words.joined(separator: ", ")
            + (drain.stuckAssociations > 0 ? "; \(Count.text(drain.stuckAssociations)) cannot move" : "")
            + (drain.staying > 0 ? "; \(Count.text(drain.staying)) stay" : "")
    }

    /// `SAs by gateway: SG2 600, SG3 598`.
    private var targets: String {
        guard !drain.targets.isEmpty else { return "no gateway has taken any yet" }
        let counts = drain.targets.map { "\($0.gateway) \(Count.text($0.associations))" }
        return "SAs by gateway: " + counts.joined(separator: ", ")
    }

    /// `Drain of SG1 by alice at 14:02:00, took 12.3 s`.
    private func title(_ scene: Scene) -> String {
        var title = "Drain of \(drain.gateway) by \(drain.requestedBy)"
        if let teller = scene.fleet.drainTeller { title += " at \(scene.time(drain.start, of: teller.label))" }
        if !drain.stoppedBy.isEmpty { title += ", stopped by \(drain.stoppedBy)" }
        guard let end = drain.end else { return title }
        return title + ", took \(Span.fine(milliseconds: Span.milliseconds(from: drain.start, to: end)))"
    }

    private static let leastBar = 10, mostBar = 40

    /// `312 of 1,000 done, 1 refused, 687 left, 61 a second, 11 s to go; 5 SAs cannot move; 3 SAs stay`: whole, then ever shorter.
    private func words(now: ClockTime) -> [String] {
        if drain.isInterrupted { return ["goes on when it is settled what the restart interrupted"] }
        var ends = drain.unsuccessful.map { count, word in "\(Count.text(count)) \(word)" }
        ends.insert("\(Count.text(drain.completed)) of \(Count.text(drain.moves)) done", at: 0)
        let left = drain.left > 0 ? ["\(Count.text(drain.left)) left"] : []
        let leftOut = drain.leftOut > 0 ? ["\(Count.text(drain.leftOut)) not begun"] : []
        var (pace, rest): ([String], [String]) = ([], [])
        let seconds = Double(Span.milliseconds(from: drain.start, to: drain.end ?? now)) / 1_000
        if drain.ended > 0, seconds >= 0.1, drain.leftOut == 0 {
            let rate = Double(drain.ended) / seconds
            pace = [rate < 10 ? "\(Int(rate * 10) / 10).\(Int(rate * 10) % 10) a second" : "\(Int(rate)) a second"]
            if drain.left > 0 {
                let time = Span.coarse(seconds: UInt64((Double(drain.left) / max(rate, 0.01)).rounded(.up)))
                rest = ["\(time) to go"]
            }
        }
        let stuck = drain.stuckAssociations
        let cannot = stuck > 0 ? "; \(Count.of(stuck, "SA cannot move", "SAs cannot move"))" : ""
        let stay = drain.staying > 0 ? "; \(Count.of(drain.staying, "SA stays", "SAs stay"))" : ""
        return [
            ends + left + leftOut + pace + rest, ends + leftOut + pace + rest, ends + leftOut + rest, ends + leftOut,
        ].map { $0.joined(separator: ", ") + cannot + stay } + [
            (ends + leftOut).joined(separator: ", ") + cannot, ends.joined(separator: ", "),
        ]
    }
}
