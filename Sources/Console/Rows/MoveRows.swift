import ContextTransfer
import ForwardingPath
import GatewayAPI
import Terminal

/// Every move that any gateway knows, those under way first.
enum MoveRows: RowKind {
    static let nouns = (one: "move", many: "moves")

    static let columns: [RowColumn<MergedMove>] = [
        RowColumn("MOVE", .fixed(8), by: { .text($0.move.id.description) }) { row, _ in
            CellText(MoveWords.short(row.move.id))
        },
        RowColumn("SAs", .flexible(minimum: 8, weight: 2), by: { .text(MoveWords.names($0.move)) }) { row, _ in
            CellText(MoveWords.names(row.move))
        },
        RowColumn("FROM AND TO", .flexible(minimum: 11, weight: 1), by: { .text($0.move.route.holder.text) }) {
            row, scene in
            CellText("\(row.move.route.holder) \(scene.glyphs.arrowRight) \(row.move.route.taker)")
        },
        RowColumn("STATE", .fixed(12), by: { .text(MoveWords.state($0.move)) }) { row, _ in
            CellText(MoveWords.state(row.move), row.isStale ? .statusStale : .move(row.move), cue: true)
        },
        RowColumn("PROGRESS", .fixed(10), by: { .number($0.fraction) }) { row, scene in
            CellText(BarText.text(row.fraction, width: 10, scene.glyphs), row.isOver ? .move(row.move) : .progressDone)
        },
        RowColumn("PAUSE", .fixed(9), alignment: .trailing, by: { SortValue($0.move.pause.map { $0.seconds }) }) {
            row, scene in
            CellText(row.move.pause.map { "<\(Span.pauseBound($0, ascii: scene.glyphs.isASCII))" } ?? "-")
        },
        RowColumn("BEGAN", .fixed(8), priority: 2, by: { .number(Double($0.began.milliseconds)) }) { row, scene in
            CellText(DayTime.text(row.began, secondsFromUTC: scene.secondsFromUTC), .dim)
        },
        RowColumn("ASKED BY", .flexible(minimum: 9, weight: 1), priority: 3, by: { .text($0.move.requestedBy) }) {
            row, _ in
            CellText(row.move.requestedBy)
        },
        RowColumn("REMARK", .flexible(minimum: 24, weight: 5), priority: 1) { row, _ in
            CellText(MoveWords.remark(row), .dim)
        },
    ]

    static func revision(of fleet: Fleet) -> Int { fleet.revisions.moves + fleet.revisions.gateways }
    static func keys(in fleet: Fleet) -> [MoveID] { fleet.moves.map(\.move.id) }
    static func row(_ key: MoveID, in fleet: Fleet) -> MergedMove? { fleet.move(key) }

    static func searched(_ row: MergedMove) -> [String] {
        let route = row.move.route
        return [
            row.move.id.description, MoveWords.state(row.move), row.move.requestedBy, MoveWords.remark(row),
            route.holder.text, route.source.text, route.target.text, route.taker.text,
        ] + row.move.names
    }

    static func emptyText(in fleet: Fleet) -> String {
        unreached(fleet, or: "no move yet: select an SA and press m to plan one")
    }

    static func title(of row: MergedMove) -> String { "Move \(MoveWords.short(row.move.id))" }

    static func details(of row: MergedMove, in scene: Scene) -> [DetailLine] {
        MoveFacts.lines(row, scene) + [.heading("phases")]
            + PhaseLine.all(of: row, in: scene).map { phase in
                DetailLine("", phase.mark, CellText(" "), CellText(phase.text, phase.mark.role))
            } + LadderLines.lines(of: row.move.id, in: scene)
    }
}
