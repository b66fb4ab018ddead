import ContextTransfer
import GatewayAPI
import Terminal

/// The audit trails and logs of all gateways as one, the newest first.
enum EventRows: RowKind {
    static let nouns = (one: "event", many: "events")

    static let columns: [RowColumn<EventRow>] = [
        RowColumn("TIME", .fixed(8), by: { .number(Double($0.event.clock.milliseconds)) }) { row, scene in
            CellText(scene.time(row.event.clock, of: row.gateway.label), .dim)
        },
        RowColumn("GATEWAY", .flexible(minimum: 7), by: { .text($0.gateway.name) }) { row, _ in
            CellText(row.gateway.name)
        },
        RowColumn("WHO", .flexible(minimum: 10, weight: 1), by: { .text($0.actor) }) { row, _ in
            CellText(row.actor, .event(row.event), cue: true)
        },
        RowColumn("ACTION", .flexible(minimum: 11, weight: 0), priority: 1, by: { .text($0.event.action) }) { row, _ in
            CellText(row.event.action, row.event.kind == .alarm ? .event(row.event) : .text)
        },
        RowColumn("WHAT HAPPENED", .flexible(minimum: 20, weight: 4)) { row, _ in CellText(row.event.text) },
        RowColumn("COMMAND LINE", .flexible(minimum: 34, weight: 4), priority: 2) { row, _ in
            CellText(row.event.command, .dim)
        },
    ]

    static func revision(of fleet: Fleet) -> Int { fleet.revisions.events + fleet.revisions.gateways }

    static func keys(in fleet: Fleet) -> [EventKey] {
        let timed = fleet.gateways.flatMap { gateway in
            gateway.events.map { event in
                (
                    key: EventKey(gateway: gateway.label, number: event.number),
                    time: gateway.consoleTime(of: event.clock)
                )
            }
        }
        return timed.enumerated().sorted { left, right in
            if left.element.time != right.element.time { return left.element.time > right.element.time }
            return left.offset > right.offset
        }.map(\.element.key)
    }

    static func row(_ key: EventKey, in fleet: Fleet) -> EventRow? {
        guard let gateway = fleet[key.gateway], let event = gateway.event(key.number) else { return nil }
        return EventRow(gateway: gateway, event: event)
    }

    static func searched(_ row: EventRow) -> [String] {
        [row.gateway.name, row.actor, row.event.action, row.event.text, row.event.command] + row.event.associations
            + (row.event.move.map { [$0.description] } ?? [])
    }

    static func emptyText(in fleet: Fleet) -> String { unreached(fleet, or: "nothing has happened yet") }
    static func title(of row: EventRow) -> String { "Event \(row.event.number) at \(row.gateway.name)" }

    static func digest(of row: EventRow, in scene: Scene) -> [[CellText]] {
        let command = row.event.command
        return [[CellText(row.event.text)]] + (command.isEmpty ? [] : [[CellText("$ " + command, .key)]])
    }

    static func details(of row: EventRow, in scene: Scene) -> [DetailLine] {
        let event = row.event
        return [
            DetailLine("time", scene.time(event.clock, of: row.gateway.label)),
            DetailLine("gateway", row.gateway.name),
            DetailLine("kind", CellText(event.kind.rawValue, .event(event), cue: true)),
            DetailLine("who", row.actor), DetailLine("what", event.action), DetailLine("", event.text),
            DetailLine("SAs", event.associations.isEmpty ? "-" : event.associations.joined(separator: ", ")),
            DetailLine("move", event.move?.description ?? "-"),
            DetailLine("command line", event.command.isEmpty ? "-" : event.command),
        ] + LadderLines.lines(of: event.move, in: scene)
    }
}
