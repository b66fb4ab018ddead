import ContextTransfer
import ForwardingPath
import GatewayAPI
import Terminal

/// What is known of a move besides its phases.
enum MoveFacts {
    /// One line for each fact.
    static func lines(_ row: MergedMove, _ scene: Scene) -> [DetailLine] {
        let move = row.move
        let remark = MoveWords.remark(row)
        var lines = [
            DetailLine("move", move.id.description),
            DetailLine("SAs", move.names.joined(separator: ", ")),
            DetailLine("route", route(move.route, scene.glyphs)),
            DetailLine("state", CellText(MoveWords.state(move), .move(move), cue: true)),
        ]
        if let group = move.group {
            let members = scene.fleet.moves.filter { $0.move.group == group }
            let others = members.map(\.move.id).filter { $0 != move.id }.map(MoveWords.short)
            let names =
                switch others.count {
                case 0: "others that no gateway here tells of"
                case 1: others[0]
                default: Count.of(others.count, "other", "others")
                }
            lines.append(DetailLine("group", "with \(names): all or none"))
        }
        if !remark.isEmpty { lines.append(DetailLine(row.isOver ? "because" : "now", remark)) }
        lines += [
            DetailLine("asked by", move.requestedBy.isEmpty ? "-" : move.requestedBy),
            DetailLine("began", DayTime.text(row.began, secondsFromUTC: scene.secondsFromUTC)),
            DetailLine("pause", move.pause.map { "under \(Span.pauseBound($0, ascii: scene.glyphs.isASCII))" } ?? "-"),
            DetailLine("signalling", "\(Count.octets(move.bytes)) at \(teller(row, scene))"),
        ]
        if move.isAbortable {
            lines.append(DetailLine("abort", "possible: press x"))
        } else if !row.isOver {
            let reason = MoveWords.unabortable(move, isLeaders: scene.fleet.isLeaders(row))
            lines.append(DetailLine("abort", "not possible: \(reason)"))
        }
        if row.isStale {
            lines.append(
                DetailLine(
                    "told by", CellText("\(teller(row, scene)), which cannot be reached", .statusStale, cue: true)))
        }
        return lines
    }

    /// Holder, previous router, new router, taker, with their parts.
    static func route(_ route: MoveRoute, _ glyphs: Glyphs) -> String {
        var nodes: [NodeName] = []
        for node in [route.holder, route.source, route.target, route.taker] where nodes.last != node {
            nodes.append(node)
        }
        return nodes.map(\.text).joined(separator: " \(glyphs.arrowRight) ")
    }

    private static func teller(_ row: MergedMove, _ scene: Scene) -> String {
        scene.fleet[row.reporter]?.name ?? row.reporter.text
    }
}
