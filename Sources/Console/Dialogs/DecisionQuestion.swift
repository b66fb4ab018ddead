import ContextTransfer
import GatewayAPI
import Terminal

/// What the dialogs about a move that is there say: whether to agree to it, whether to stop it.
struct DecisionQuestion {
    /// The move.
    let merged: MergedMove
    /// The gateway that is told.
    let gateway: GatewayMirror

    /// Whether to agree.
    func approval(openedBy key: Key?, at now: ClockTime) -> Question {
        let id = merged.move.id
        var lines = facts
        lines.append([
            CellText("waits for    ", .dim), CellText(MoveWords.approvers(of: merged.move).joined(separator: ", ")),
        ])
        lines += [[], [CellText("You decide for \(gateway.name), as \(caller).")]]
        return Question(
            .approval(id), title: "Approve move \(MoveWords.short(id))", lines: lines,
            buttons: [
                (DialogButton("Approve", key: "y"), [.request(at: gateway.label, .approve(id))]),
                (DialogButton("Deny", key: "d"), [.request(at: gateway.label, .deny(id))]),
            ], openedBy: key, at: now)
    }

    /// Whether to stop it.
    func abort(openedBy key: Key?, at now: ClockTime) -> Question {
        let id = merged.move.id
        var lines = facts
        lines.append([
            CellText("stands at    ", .dim), CellText(MoveWords.state(merged.move), .move(merged.move), cue: true),
        ])
        lines += [[], [CellText("The SAs stay in force at \(merged.move.route.holder).")]]
        lines += [[CellText("You abort at \(gateway.name), as \(caller).")]]
        return Question(
            .abort(id), title: "Abort move \(MoveWords.short(id))", lines: lines,
            buttons: [(DialogButton("Abort the move", key: "y"), [.request(at: gateway.label, .abort(id))])],
            openedBy: key, at: now)
    }

    private var facts: [[CellText]] {
        let move = merged.move
        return [
            [CellText("SAs          ", .dim), CellText(MoveWords.names(move), emphasis: .bold)],
            [CellText("from and to  ", .dim), CellText("\(move.route.holder) → \(move.route.taker)")],
            [CellText("by way of    ", .dim), CellText("\(move.route.source) → \(move.route.target)")],
            [CellText("asked by     ", .dim), CellText(move.requestedBy.isEmpty ? "-" : move.requestedBy)],
        ]
    }

    private var caller: String { gateway.description?.callerName ?? "an unknown caller" }
}
