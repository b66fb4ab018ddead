import ContextTransfer
import ForwardingPath
import GatewayAPI
import Terminal

/// What the dialogs about a move that is there say: whether to agree to it, whether to stop it.
struct DecisionQuestion {
    /// The move.
    let merged: MergedMove
    /// The gateway that is told.
    let gateway: GatewayMirror
    /// How many columns a sentence may take.
    let width: Int

    /// Whether to agree, for a node.
    func approval(for node: NodeName, openedBy key: Key?, at now: ClockTime) -> Question {
        let id = merged.move.id
        let waits = MoveWords.approvers(of: merged.move).map(\.text).joined(separator: ", ")
        let drain =
            merged.move.drain == nil
            ? "" : "your answer holds for all moves of the drain of \(merged.move.route.holder)"
        let lines =
            facts + (drain.isEmpty ? [] : fact("drain", drain)) + fact("waits for", waits) + [[]]
            + wrapped("You decide for \(gateway.name), as \(caller).")
        return Question(
            .approval(id, by: node), title: "Approve move \(MoveWords.short(id))", lines: lines,
            buttons: [
                (DialogButton("Approve", key: "y"), [.request(at: gateway.label, .approve(id))]),
                (DialogButton("Deny", key: "d"), [.request(at: gateway.label, .deny(id))]),
            ], openedBy: key, at: now)
    }

    /// Whether to stop it.
    func abort(openedBy key: Key?, at now: ClockTime) -> Question {
        let id = merged.move.id
        return Question(
            .abort(id), title: "Abort move \(MoveWords.short(id))", lines: abortLines,
            buttons: [(DialogButton("Abort the move", key: "y"), [.request(at: gateway.label, .abort(id))])],
            openedBy: key, at: now)
    }

    /// What an open question whether to stop a move says when that has gone on.
    static func abortLines(_ merged: MergedMove, at fleet: Fleet, width: Int) -> [[CellText]] {
        guard let gateway = fleet.gateway(of: merged.move.route.source) else { return [] }
        return DecisionQuestion(merged: merged, gateway: gateway, width: width).abortLines
    }

    private var abortLines: [[CellText]] {
        let state = CellText(MoveWords.state(merged.move), .move(merged.move), cue: true)
        return facts + [[Self.name("stands at"), state], []] + wrapped(consequence)
            + wrapped("You abort at \(gateway.name), as \(caller).")
    }

    /// What stopping it would lead to: from quiesce on the SAs are out of force where they were.
    private var consequence: String {
        let route = merged.move.route
        guard merged.hasQuiesced else { return "The SAs stay in force at \(route.holder)." }
        return "Traffic is held. The SAs come back at \(route.holder), unless \(route.taker) has installed them"
            + " already: then the move completes."
    }

    private var facts: [[CellText]] {
        let move = merged.move
        return fact("SAs", move.names.joined(separator: ", "), .bold)
            + fact("from and to", "\(move.route.holder) → \(move.route.taker)")
            + fact("by way of", "\(move.route.source) → \(move.route.target)")
            + fact("asked by", move.requestedBy.isEmpty ? "-" : move.requestedBy)
            + (move.group == nil ? [] : fact("group", "it holds for the whole group: together or not at all"))
    }

    /// A name and what is said of it, in as many lines as that takes.
    private func fact(_ name: String, _ value: String, _ emphasis: Emphasis = []) -> [[CellText]] {
        Paragraph(value).lines(width: max(10, width - Self.indent)).enumerated().map { number, line in
            [Self.name(number == 0 ? name : ""), CellText(line, emphasis: emphasis)]
        }
    }

    private func wrapped(_ text: String) -> [[CellText]] { Paragraph(text).lines(width: width).map { [CellText($0)] } }

    /// Where values begin.
    private static let indent = 13

    private static func name(_ text: String) -> CellText {
        CellText(text + String(repeating: " ", count: max(0, indent - text.count)), .dim)
    }

    private var caller: String { gateway.description?.callerName ?? "an unknown caller" }
}
