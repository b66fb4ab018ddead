import ForwardingPath
import GatewayAPI
import Terminal

/// What the dialog about a drain that is under way says: whether to stop it.
struct DrainQuestion {
    /// How far it is.
    let drain: ReportedDrain
    /// The gateway that is told.
    let gateway: GatewayMirror
    /// How many columns a sentence may take.
    let width: Int

    /// Whether to stop it.
    func stop(openedBy key: Key?, at now: ClockTime) -> Question {
        let caller = gateway.description?.callerName ?? "an unknown caller"
        let lines =
            wrapped(drain.words + ".") + [[]]
            + wrapped(
                "What waits does not begin, and its SAs stay in force at \(drain.gateway). The moves under way go on to "
                    + "their ends, and what has moved stays where it is.")
            + wrapped("You stop it at \(gateway.name), as \(caller).")
        return Question(
            .stopDrain(drain.gateway), title: "Stop the drain of \(drain.gateway)", lines: lines,
            buttons: [
                (DialogButton("Stop the drain", key: "y"), [.request(at: gateway.label, .stopDrain(drain.gateway))])
            ], openedBy: key, at: now)
    }

    private func wrapped(_ text: String) -> [[CellText]] { Paragraph(text).lines(width: width).map { [CellText($0)] } }
}
