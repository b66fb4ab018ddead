import ContextTransfer
import ForwardingPath
import GatewayAPI
import Terminal

/// What becomes of each user of a drain, those first whose SAs did not go; named by their places in that order.
///
/// The gateway keeps, searches and puts them in order: only those in sight are known here.
enum DrainedRows: RowKind {
    static let nouns = (one: "user of the drain", many: "users of the drain")

    static let columns: [RowColumn<ReportedDrained>] = [
        RowColumn("NO", .fixed(6), alignment: .trailing, priority: 2) { row, _ in
            CellText(String(row.number), .dim)
        },
        RowColumn("USER", .flexible(minimum: 8, weight: 2)) { row, _ in
            row.user.isEmpty ? CellText("-", .dim) : CellText(row.user)
        },
        RowColumn("SAs", .flexible(minimum: 8, weight: 2), priority: 1) { row, _ in CellText(names(row)) },
        RowColumn("TO", .flexible(minimum: 5, weight: 1)) { row, _ in
            row.to.map { CellText($0.text) } ?? CellText("-", .dim)
        },
        RowColumn("OUTCOME", .fixed(12)) { row, scene in
            let isStale = scene.fleet.drainTeller?.isStale ?? true
            return CellText(row.word, isStale ? .statusStale : .standing(row.standing), cue: true)
        },
        RowColumn("REASON", .flexible(minimum: 28, weight: 5)) { row, _ in CellText(remark(row), .dim) },
    ]

    static func revision(of fleet: Fleet) -> Int { fleet.revisions.drained }

    static func keys(in fleet: Fleet) -> [Int] { Array(0..<(fleet.drained?.matching ?? 0)) }
    static func row(_ key: Int, in fleet: Fleet) -> ReportedDrained? { fleet.drained?[key] }
    static func searched(_ row: ReportedDrained) -> [String] { [] }
    static func unfiltered(in fleet: Fleet) -> Int? {
        fleet.drained?.drain.map { $0.moves + $0.stuckAssociations } ?? 0
    }

    static func emptyText(in fleet: Fleet) -> String {
        let name = fleet.drainTeller?.name ?? "the gateway"
        if let failure = fleet.drained?.failure { return "\(name) does not tell: \(failure)" }
        if fleet.drain?.isInterrupted == true { return "known when it is settled what the restart interrupted" }
        return fleet.drained?.drain == nil ? "\(name) has not told yet" : "nothing was left to move"
    }

    static func title(of row: ReportedDrained) -> String {
        row.user.isEmpty ? "Number \(row.number) of the drain" : "User \(row.user)"
    }

    static func digest(of row: ReportedDrained, in scene: Scene) -> [[CellText]] {
        let why = remark(row).isEmpty ? "" : ": \(remark(row))"
        let way = CellText(row.to.map { "  \(scene.glyphs.arrowRight) \($0)" } ?? "", .dim)
        return [
            [CellText(row.names.joined(separator: ", ")), way],
            [CellText(row.word, .standing(row.standing), cue: true), CellText(why)],
        ]
    }

    static func details(of row: ReportedDrained, in scene: Scene) -> [DetailLine] {
        var lines = [
            DetailLine("number", String(row.number)), DetailLine("user", row.user.isEmpty ? "-" : row.user),
            DetailLine("SAs", row.names.joined(separator: ", ")), DetailLine("to", row.to?.text ?? "-"),
            DetailLine("outcome", CellText(row.word, .standing(row.standing), cue: true)),
        ]
        for (number, line) in Paragraph(remark(row)).lines(width: 70).enumerated() where !line.isEmpty {
            lines.append(DetailLine(number == 0 ? "because" : "", line))
        }
        if let move = row.move { lines.append(DetailLine("move", move.description)) }
        return lines + LadderLines.lines(of: row.move, in: scene)
    }

    private static func names(_ row: ReportedDrained) -> String {
        row.names.count <= 3 ? row.names.joined(separator: ", ") : Count.of(row.names.count, "SA", "SAs")
    }

    /// Why it ended so, or how it is done.
    private static func remark(_ row: ReportedDrained) -> String {
        let reason = row.outcome?.reason?.description
        return reason ?? (row.isRenegotiated && row.standing != .leftOut ? "negotiated anew" : "")
    }
}
