import ForwardingPath
import GatewayAPI
import IPsec
import Terminal

extension AssociationRows {
    static func digest(of row: AssociationRow, in scene: Scene) -> [[CellText]] {
        let (reported, arrow) = (row.reported, scene.glyphs.arrowRight)
        // Where addresses are private, it tells users of the same one apart.
        let realm = reported.identifier.realm
        let place = realm == .default ? "" : "   realm \(realm)"
        let moving = reported.moving.map { "   in move \(MoveWords.short($0))" } ?? ""
        return [
            [
                CellText(row.ends(arrow), emphasis: .bold),
                CellText("   \(reported.source) \(arrow) \(reported.identifier.destination)"),
                CellText(
                    "   \(reported.identifier.securityProtocol.name) \(reported.mode.name), \(reported.suite.name)"),
            ],
            [
                CellText("type ", .dim), CellText(row.type.map { "\($0.rawValue)" } ?? "?", .type(row.type)),
                CellText("   sequence ", .dim), CellText(row.sequence.map { Count.text($0) } ?? "-"),
                CellText("   window ", .dim), CellText(reported.windowSize.map(String.init) ?? "off"),
                CellText(row.secondsLeft(at: scene.now) == nil ? "   no time limit" : "   left ", .dim),
                CellText(row.secondsLeft(at: scene.now).map { Span.coarse(seconds: $0) } ?? ""),
                CellText("   errors ", .dim), CellText(Count.text(row.errors), row.errors > 0 ? .statusWarn : .text),
                CellText(place), CellText(moving, Role("move.switching")),
            ],
        ]
    }

    static func details(of row: AssociationRow, in scene: Scene) -> [DetailLine] {
        let reported = row.reported
        let traffic = reported.traffic
        let rate = row.gateway.rate(of: row.association, at: scene.now)
        return [
            DetailLine("gateway", row.gateway.name),
            DetailLine("ends", row.ends(scene.glyphs.arrowRight)),
            DetailLine("addresses", "\(reported.source) \(scene.glyphs.arrowRight) \(reported.identifier.destination)"),
            DetailLine("realm", reported.identifier.realm.description),
            DetailLine("user", reported.user.isEmpty ? "the operator's own" : reported.user),
            DetailLine("SPI", reported.identifier.spi.description),
            DetailLine("protocol", "\(reported.identifier.securityProtocol.name), \(reported.mode.name) mode"),
            DetailLine("algorithms", reported.suite.name),
            DetailLine("type", CellText(typeText(row.type), .type(row.type))),
            DetailLine("state", CellText(reported.phase.name, .phase(reported.phase), cue: true)),
            DetailLine("moving", reported.moving.map { "in move \(MoveWords.short($0))" } ?? "no"),
        ] + stays(reported) + [
            .heading("packets"),
            DetailLine("sequence", row.sequence.map { Count.text($0) } ?? "not known"),
            DetailLine("window", window(reported)),
            DetailLine(
                "passed here", "\(Count.text(traffic.counters.packets)), \(Count.octets(traffic.counters.bytes))"),
            DetailLine("rate", Count.rate(rate)),
            DetailLine("replays", Count.text(traffic.counters.replays)),
            DetailLine("bad integrity", Count.text(traffic.counters.integrityFailures)),
            DetailLine("other selectors", Count.text(traffic.counters.selectorMismatches)),
            DetailLine("path MTU", traffic.pathMTU.map { "\($0.octets) octets" } ?? "not learned"),
            .heading("lifetime"),
            DetailLine("used", used(traffic.use, secondsOld: row.secondsOld(at: scene.now))),
            DetailLine("soft limit", limit(reported.softLifetime)),
            DetailLine("hard limit", limit(reported.hardLifetime)),
        ] + particulars(reported.particulars)
    }

    /// Why it cannot move, where it cannot.
    private static func stays(_ reported: ReportedAssociation) -> [DetailLine] {
        guard let obstacle = reported.obstacle else { return [] }
        return [DetailLine("stays", CellText(obstacle.reason, .statusWarn, cue: true))]
    }

    /// What the stack has of an SA or a policy besides.
    static func particulars(_ words: [String]) -> [DetailLine] {
        words.isEmpty ? [] : [.heading("besides")] + words.map { DetailLine("", $0) }
    }

    /// What a type means, in the words of the draft.
    static func typeText(_ type: SAType?) -> String {
        switch type {
        case .one: "1: between G and RN, nothing moves"
        case .two: "2: from MN to beyond G, nothing moves"
        case .three: "3: from before G to beyond it, the end before G moves"
        case .four: "4: both ends before G, both move"
        case .five: "5: from MN to before G, the end before G moves"
        case nil: "not known, or not defined"
        }
    }

    private static func window(_ reported: ReportedAssociation) -> String {
        let numbers = reported.extendedSequenceNumbers ? ", 64-bit numbers" : ""
        return (reported.windowSize.map { "\($0) packets" } ?? "anti-replay is off") + numbers
    }

    private static func used(_ use: LifetimeUse, secondsOld: UInt64) -> String {
        "\(Span.coarse(seconds: secondsOld)), \(Count.octets(use.bytes)), \(Count.text(use.packets)) packets"
    }

    private static func limit(_ lifetime: Lifetime) -> String {
        let limits = [
            lifetime.seconds.map { Span.coarse(seconds: $0) }, lifetime.bytes.map { Count.octets($0) },
            lifetime.packets.map { Count.text($0) + " packets" },
        ]
        let told = limits.compactMap(\.self)
        return told.isEmpty ? "none" : told.joined(separator: ", ")
    }
}
