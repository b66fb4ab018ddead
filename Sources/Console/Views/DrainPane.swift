import ForwardingPath
import GatewayAPI
import Terminal

/// How far a drain is, in one line: bar, counts, rate, time left.
struct DrainPane {
    /// What is shown.
    let drain: ReportedDrain

    /// Draws it with its box.
    func draw(_ scene: Scene, in part: Rectangle, on canvas: inout Canvas) {
        let inside = canvas.box(part, title: "Drain of \(drain.gateway)").inset(left: 1, right: 1)
        guard !inside.isEmpty else { return }
        let fraction = drain.isInterrupted ? 0 : drain.moves == 0 ? 1 : Double(drain.ended) / Double(drain.moves)
        let bar = BarText.text(fraction, width: 20, scene.glyphs)
        canvas.write(bar, at: inside.line(0).origin, role: .progressDone, limit: 20)
        canvas.write(
            CellText(
                " " + words(now: scene.now), !drain.unsuccessful.isEmpty || drain.leftOut > 0 ? .statusWarn : .text
            ).spelled(in: scene.glyphs),
            at: inside.line(0).origin.moved(columns: 20), limit: max(0, inside.columns - 20))
    }

    /// `312 of 1,000 done, 1 refused, 687 left, 61 a second, 11 s left; 3 SAs stay`.
    private func words(now: ClockTime) -> String {
        if drain.isInterrupted { return "goes on when it is settled what the restart interrupted" }
        var words = "\(Count.text(drain.completed)) of \(Count.text(drain.moves)) done"
        for (count, word) in drain.unsuccessful { words += ", \(Count.text(count)) \(word)" }
        if drain.left > 0 { words += ", \(Count.text(drain.left)) left" }
        if drain.leftOut > 0 { words += ", \(Count.text(drain.leftOut)) not begun" }
        let seconds = Double(Span.milliseconds(from: drain.start, to: drain.end ?? now)) / 1_000
        if drain.ended > 0, seconds >= 0.1, drain.leftOut == 0 {
            let rate = Double(drain.ended) / seconds
            words += rate < 10 ? ", \(Int(rate * 10) / 10).\(Int(rate * 10) % 10) a second" : ", \(Int(rate)) a second"
            if drain.left > 0 {
                words += ", \(Span.coarse(seconds: UInt64((Double(drain.left) / max(rate, 0.01)).rounded(.up)))) to go"
            }
        }
        if drain.staying > 0 { words += "; \(Count.of(drain.staying, "SA stays", "SAs stay"))" }
        return words
    }
}
