import ForwardingPath
import GatewayAPI
import IPsec
import Terminal

/// All gateways.
enum GatewayRows: RowKind {
    static let nouns = (one: "gateway", many: "gateways")

    static let columns: [RowColumn<GatewayMirror>] = [
        RowColumn("GATEWAY", .flexible(minimum: 8, weight: 1), by: { .text($0.name) }) { row, _ in CellText(row.name) },
        RowColumn("REACH", .flexible(minimum: 13, weight: 2), by: { .text($0.reach.word) }) { row, scene in
            reach(row, scene)
        },
        RowColumn(
            "ROLE", .flexible(minimum: 16, weight: 1), priority: 6, by: { .text($0.description?.role.rawValue ?? "") }
        ) {
            row, _ in
            CellText(row.description?.role.rawValue ?? "-")
        },
        RowColumn("STACK", .flexible(minimum: 9, weight: 1), priority: 5, by: { .text($0.description?.stack ?? "") }) {
            row, _ in
            CellText(row.description?.stack ?? "-")
        },
        RowColumn("SAs", .fixed(6), alignment: .trailing, isLive: true, by: { SortValue($0.associations.liveCount) }) {
            row, _ in
            CellText(Count.text(row.associations.liveCount), row.associations.liveCount == 0 ? .dim : .text)
        },
        RowColumn("RATE", .fixed(8), alignment: .trailing) { row, scene in
            let rate = row.rate(at: scene.now)
            return CellText(Count.rate(rate), (rate ?? 0) >= 0.5 ? .statusOK : .dim)
        },
        RowColumn("MOVES", .fixed(5), alignment: .trailing, isLive: true, by: { SortValue($0.openMoves) }) { row, _ in
            CellText(row.openMoves == 0 ? "-" : "\(row.openMoves)", row.openMoves == 0 ? .dim : .text)
        },
        RowColumn(
            "SKEW", .fixed(8), alignment: .trailing, priority: 4, isLive: true,
            by: { SortValue($0.skew.map { Double($0) }) }
        ) { row, _ in
            skew(row.skew)
        },
        RowColumn("YOU", .fixed(8), priority: 3, by: { .text($0.description?.callerRole.rawValue ?? "") }) { row, _ in
            CellText(row.description?.callerRole.rawValue ?? "-")
        },
        RowColumn("ADDRESS", .flexible(minimum: 20, weight: 2), priority: 7) { row, _ in CellText(row.label.text, .dim)
        },
    ]

    static func revision(of fleet: Fleet) -> Int { fleet.revisions.gateways }
    static func liveRevision(of fleet: Fleet) -> Int { fleet.revisions.updates + fleet.revisions.moves }
    static func keys(in fleet: Fleet) -> [GatewayLabel] { fleet.labels }
    static func row(_ key: GatewayLabel, in fleet: Fleet) -> GatewayMirror? { fleet[key] }

    static func searched(_ row: GatewayMirror) -> [String] {
        [row.name, row.label.text, row.reach.word, row.description?.role.rawValue ?? "", row.description?.stack ?? ""]
    }

    static func emptyText(in fleet: Fleet) -> String { unreached(fleet, or: "no gateway") }
    static func title(of row: GatewayMirror) -> String { "Gateway \(row.name)" }

    static func digest(of row: GatewayMirror, in scene: Scene) -> [[CellText]] {
        var lines = [[CellText(row.label.text)]]
        if let known = row.description {
            let start = scene.time(known.started, of: row.label)
            lines[0].append(
                CellText("   \(known.role.rawValue), \(known.stack) stack, version \(known.version)")
            )
            lines.append([
                CellText("up since ", .dim), CellText(start), CellText("   you are ", .dim), CellText(you(known)),
            ])
        }
        if case .unreachable(let reason, _) = row.reach { lines.append([CellText(reason, .statusError, cue: true)]) }
        return lines
    }

    static func details(of row: GatewayMirror, in scene: Scene) -> [DetailLine] {
        var lines = [DetailLine("address", row.label.text), DetailLine("reach", reach(row, scene))]
        if case .unreachable(let reason, _) = row.reach { lines.append(DetailLine("because", reason)) }
        if let known = row.description {
            lines += [
                DetailLine("role", known.role.rawValue), DetailLine("stack", known.stack),
                DetailLine("version", known.version),
                DetailLine("up since", scene.time(known.started, of: row.label)),
                DetailLine("you are", you(known)),
            ]
        }
        lines += [
            DetailLine("clock skew", skew(row.skew)), DetailLine("SAs", Count.text(row.associations.liveCount)),
            DetailLine("policies", Count.text(row.policies.count)),
            DetailLine("packet rate", Count.rate(row.rate(at: scene.now))),
            .heading("packets that no SA counts"),
        ]
        return lines + counters(row.stack)
    }

    /// Reached, or since when not.
    static func reach(_ row: GatewayMirror, _ scene: Scene) -> CellText {
        var text = row.reach.word
        if case .unreachable(_, let since) = row.reach { text += " \(scene.age(since: since))" }
        return CellText(text, .reach(row.reach), cue: true)
    }

    /// Ahead of us is positive. What the message took on its way looks like skew: so much of it tells nothing.
    private static func skew(_ skew: Int64?) -> CellText {
        guard let skew else { return CellText("-", .dim) }
        guard skew.magnitude >= ClockSkew.noise else { return CellText("<100 ms", .dim) }
        let sign = skew < 0 ? "-" : "+"
        let text = sign + Span.fine(milliseconds: skew.magnitude)
        return CellText(text, skew.magnitude > 2000 ? .statusWarn : .dim)
    }

    private static func counters(_ stack: StackCounters) -> [DetailLine] {
        [
            ("unknown SPI", stack.unknownSPI), ("no policy", stack.noPolicy), ("discarded", stack.discarded),
            ("malformed", stack.malformed), ("unprotected", stack.unprotected), ("SA is gone", stack.noAssociation),
            ("lost in a move", stack.droppedInMove), ("refused tunnels", stack.refusedTunnels),
            ("hop limit", stack.hopLimitReached),
        ].map { DetailLine($0.0, CellText(Count.text($0.1), $0.1 == 0 ? .dim : .text)) }
    }

    /// Who it takes us for: name and role, once where they are the same.
    private static func you(_ known: GatewayDescription) -> String {
        let role = known.callerRole.rawValue
        return known.callerName == role ? role : "\(known.callerName), \(role)"
    }
}
