import IPsec
import Terminal

/// The SPDs of all gateways, each in its own order.
enum PolicyRows: RowKind {
    static let nouns = (one: "policy", many: "policies")

    static let columns: [RowColumn<PolicyRow>] = [
        RowColumn("GATEWAY", .flexible(minimum: 7, weight: 1), by: { .text($0.gateway.name) }) { row, _ in
            CellText(row.gateway.name, row.gateway.isStale ? .statusStale : .text, cue: row.gateway.isStale)
        },
        RowColumn("#", .fixed(3), alignment: .trailing) { row, _ in CellText("\(row.place)", .dim) },
        RowColumn("NAME", .flexible(minimum: 13, weight: 1), by: { .text($0.policy.name) }) { row, _ in
            CellText(row.policy.name)
        },
        RowColumn("DIR", .fixed(3), priority: 1, by: { .text($0.policy.way) }) { row, _ in
            CellText(row.policy.isForwarding ? "fwd" : row.policy.direction.name)
        },
        RowColumn("ACTION", .fixed(9), by: { .number(Double($0.policy.action.rawValue)) }) { row, _ in
            CellText(row.policy.action.name, .action(row.policy.action), cue: true)
        },
        RowColumn("ORIGIN", .flexible(minimum: 8, weight: 1), priority: 2, by: { .text($0.origin) }) { row, _ in
            CellText(row.origin, row.policy.origin == .static ? .dim : .text)
        },
        RowColumn("SA", .flexible(minimum: 8, weight: 1), by: { .text($0.association) }) { row, _ in
            if row.isBroken { return CellText(row.association, .statusWarn, cue: true) }
            return CellText(row.association)
        },
        RowColumn("SELECTORS", .flexible(minimum: 20, weight: 5), priority: 3) { row, scene in
            CellText(selectors(row, scene).first ?? "any", .dim)
        },
    ]

    static func revision(of fleet: Fleet) -> Int {
        // What an SA is called stands in its policy's row.
        fleet.revisions.policies + fleet.revisions.associations + fleet.revisions.gateways
    }

    static func keys(in fleet: Fleet) -> [PolicyKey] {
        fleet.gateways.flatMap { gateway in
            gateway.policies.enumerated().map { PolicyKey(gateway: gateway.label, name: $1.name, place: $0) }
        }
    }

    static func row(_ key: PolicyKey, in fleet: Fleet) -> PolicyRow? {
        guard let gateway = fleet[key.gateway] else { return nil }
        let policies = gateway.policies
        let isThere = policies.indices.contains(key.place) && policies[key.place].name == key.name
        guard let place = isThere ? key.place : policies.firstIndex(where: { $0.name == key.name }) else { return nil }
        return PolicyRow(gateway: gateway, policy: gateway.policies[place], place: place + 1)
    }

    static func searched(_ row: PolicyRow) -> [String] {
        [row.gateway.name, row.policy.name, row.policy.action.name, row.origin, row.association]
            + row.policy.selectors.map(\.description)
    }

    static func emptyText(in fleet: Fleet) -> String { unreached(fleet, or: "no gateway has a policy") }
    static func title(of row: PolicyRow) -> String { "Policy \(row.policy.name) at \(row.gateway.name)" }

    static func digest(of row: PolicyRow, in scene: Scene) -> [[CellText]] {
        let lines = selectors(row, scene)
        let more = lines.count > 2 ? [[CellText("and \(lines.count - 2) more: press Enter", .dim)]] : []
        return lines.prefix(2).map { [CellText($0)] } + more
    }

    static func details(of row: PolicyRow, in scene: Scene) -> [DetailLine] {
        [
            DetailLine("gateway", row.gateway.name), DetailLine("place", "\(row.place), the first match decides"),
            DetailLine(
                "direction",
                row.policy.isForwarding
                    ? "forward: what came in and goes on" : row.policy.direction == .inbound ? "inbound" : "outbound"),
            DetailLine("priority", row.policy.priority.map { "\($0), the lowest comes first" } ?? "by its place"),
            DetailLine("action", CellText(row.policy.action.name, .action(row.policy.action), cue: true)),
            DetailLine(
                "origin", row.policy.origin == .static ? "static: the operator's, never moves" : "\(row.origin): moves"),
            DetailLine("SA", row.policy.association.map { "\(row.association), \($0)" } ?? "none"),
            .heading(row.policy.selectors.count == 1 ? "selector" : "selectors, any of them"),
        ] + selectors(row, scene).map { DetailLine("", $0) } + AssociationRows.particulars(row.policy.particulars)
    }

    /// With the arrow that the screen can show.
    private static func selectors(_ row: PolicyRow, _ scene: Scene) -> [String] {
        row.policy.selectors.map { selector in
            selector.description.split(separator: "→", omittingEmptySubsequences: false)
                .joined(separator: scene.glyphs.isASCII ? "->" : scene.glyphs.arrowRight)
        }
    }
}
