import ForwardingPath
import GatewayAPI
import IPsec
import Terminal

/// The SADs of all gateways.
enum AssociationRows: RowKind {
    static let nouns = (one: "SA", many: "SAs")

    static let columns: [RowColumn<AssociationRow>] = [
        RowColumn("GATEWAY", .flexible(minimum: 7, weight: 1), by: { .text($0.gateway.name) }) { row, _ in
            CellText(row.gateway.name, row.gateway.isStale ? .statusStale : .text, cue: row.gateway.isStale)
        },
        RowColumn("NAME", .flexible(minimum: 6, weight: 2), by: { .text($0.reported.name) }) { row, _ in
            CellText(row.reported.name)
        },
        RowColumn("SPI", .fixed(10), priority: 4, by: { .number(Double($0.key.identifier.spi.value)) }) { row, _ in
            CellText(row.key.identifier.spi.description)
        },
        RowColumn("DIR", .fixed(3), priority: 5, by: { .text($0.reported.direction.name) }) { row, _ in
            CellText(row.reported.direction.name)
        },
        RowColumn("TYPE", .fixed(4), by: { SortValue($0.type?.rawValue ?? 9) }) { row, _ in
            CellText(row.type.map { "  \($0.rawValue)" } ?? "  ?", .type(row.type))
        },
        RowColumn("STATE", .fixed(10), by: { .number(Double($0.reported.phase.rawValue)) }) { row, _ in
            if row.gateway.isStale { return CellText(row.reported.phase.name, .statusStale, cue: true) }
            return CellText(row.reported.phase.name, .phase(row.reported.phase), cue: true)
        },
        RowColumn(
            "PACKETS", .fixed(10), alignment: .trailing, priority: 2, isLive: true,
            by: { SortValue($0.reported.traffic.counters.packets) }
        ) { row, _ in
            CellText(Count.text(row.reported.traffic.counters.packets))
        },
        RowColumn(
            "RATE", .fixed(7), alignment: .trailing, priority: 3, isLive: true,
            by: { SortValue($0.gateway.lastRate(of: $0.association)) }
        ) { row, scene in
            let rate = row.gateway.rate(of: row.association, at: scene.now)
            return CellText(Count.rate(rate), (rate ?? 0) >= 0.5 ? .statusOK : .dim)
        },
        RowColumn("PEER", .flexible(minimum: 6, weight: 1), priority: 8, by: { .text($0.peer) }) { row, _ in
            CellText(row.peer)
        },
        RowColumn(
            "SEQUENCE", .fixed(11), alignment: .trailing, priority: 9, isLive: true,
            by: { SortValue($0.sequence.map { Double($0) }) }
        ) {
            row, _ in
            CellText(row.sequence.map { Count.text($0) } ?? "-")
        },
        RowColumn(
            "WINDOW", .fixed(6), alignment: .trailing, priority: 16, by: { SortValue($0.reported.windowSize ?? 0) }
        ) { row, _ in
            CellText(row.reported.windowSize.map(String.init) ?? "off")
        },
        RowColumn(
            "LEFT", .fixed(6), alignment: .trailing, priority: 11, by: { SortValue($0.association.secondsAtEnd) }
        ) { row, scene in
            lifeLeft(row, scene)
        },
        RowColumn("ERRORS", .fixed(6), alignment: .trailing, priority: 12, isLive: true, by: { SortValue($0.errors) }) {
            row, _ in
            CellText(Count.short(Double(row.errors)), row.errors > 0 ? .statusWarn : .dim)
        },
        RowColumn("PROTO", .fixed(5), priority: 14) { row, _ in
            CellText(row.key.identifier.securityProtocol.name, Role("sa." + row.key.identifier.securityProtocol.name))
        },
        RowColumn("MODE", .fixed(9), priority: 15) { row, _ in
            CellText(row.reported.mode.name, Role("sa." + row.reported.mode.name))
        },
        RowColumn("ALGORITHMS", .flexible(minimum: 14, weight: 2), priority: 10, by: { .text($0.reported.suite.name) })
        { row, _ in
            CellText(row.reported.suite.name)
        },
        RowColumn("FROM", .flexible(minimum: 15, weight: 1), priority: 17) { row, _ in
            CellText(row.reported.source.description, .dim)
        },
        RowColumn("TO", .flexible(minimum: 15, weight: 1), priority: 17) { row, _ in
            CellText(row.key.identifier.destination.description, .dim)
        },
    ]

    static func revision(of fleet: Fleet) -> Int { fleet.revisions.associations + fleet.revisions.gateways }
    static func liveRevision(of fleet: Fleet) -> Int { fleet.revisions.traffic }

    static func keys(in fleet: Fleet) -> [AssociationKey] {
        fleet.gateways.flatMap { gateway in
            gateway.associations.identifiers.map { AssociationKey(gateway: gateway.label, identifier: $0) }
        }
    }

    static func row(_ key: AssociationKey, in fleet: Fleet) -> AssociationRow? {
        guard let gateway = fleet[key.gateway], let found = gateway.associations[key.identifier] else { return nil }
        var row = AssociationRow(key: key, gateway: gateway, association: found)
        if gateway.description?.role == .mobileNode, let holder = fleet.holder(of: key), holder.label != key.gateway {
            (row.holder, row.holderName) = (holder.associations[key.identifier], holder.name)
        }
        return row
    }

    /// The first that can be moved; else the first at a gateway.
    static func preferred(of keys: [AssociationKey], in fleet: Fleet) -> AssociationKey? {
        let gateways = Set(
            fleet.gateways.filter { $0.description.map { $0.role != .mobileNode } ?? false }.map(\.label))
        let held = keys.lazy.filter { gateways.contains($0.gateway) }
        return held.first { (fleet.association($0)?.reported.type?.rawValue ?? 0) >= 3 } ?? held.first ?? keys.first
    }

    /// The SA at the gateway that it was moved to.
    static func successor(of key: AssociationKey, in fleet: Fleet) -> AssociationKey? {
        let holder = fleet.gateways.first { other in
            other.description.map { $0.role != .mobileNode } ?? false && other.associations[key.identifier] != nil
        }
        return holder.map { AssociationKey(gateway: $0.label, identifier: key.identifier) }
    }

    static func searched(_ row: AssociationRow) -> [String] {
        let reported = row.reported
        return [
            row.gateway.name, reported.name, reported.user, reported.identifier.description,
            reported.source.description, reported.suite.name, reported.phase.name, reported.mode.name, row.peer,
        ] + (row.type.map { ["type \($0.rawValue)"] } ?? [])
    }

    static func emptyText(in fleet: Fleet) -> String { unreached(fleet, or: "no gateway has an SA") }

    static func title(of row: AssociationRow) -> String { "SA \(row.reported.name) at \(row.gateway.name)" }

    private static func lifeLeft(_ row: AssociationRow, _ scene: Scene) -> CellText {
        guard let left = row.secondsLeft(at: scene.now) else { return CellText("-", .dim) }
        if row.gateway.isStale { return CellText(Span.coarse(seconds: left), .statusStale, cue: true) }
        return CellText(Span.coarse(seconds: left), left < 300 ? .statusWarn : .text)
    }
}
