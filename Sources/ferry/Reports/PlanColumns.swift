import ForwardingPath
package import GatewayAPI
import IPsec

/// `ferry plan` of gateways, and in JSON under "associations": what happens to an SA, with all keys of a file's plan.
///
/// `type` is null while it is not known or where it is not defined, with `reason`; `action` is none, move, renegotiate,
/// pending or conflict; `moves` says which ends go where, and how many octets of context cross for each, null where that is not
/// known.
package let planColumns: [Column<Told<ReportedPlanEntry>>] = [
    Column("gateway", "GATEWAY") { .text($0.gateway.text) },
    Column("name", "NAME") { .text($0.thing.name) },
    Column("plane", "PLANE") { .text($0.thing.plane.rawValue) },
    Column("type", "TYPE") { .optional($0.thing.type?.rawValue) },
    Column("action", "ACTION") { .text($0.thing.action.rawValue) },
    Column(csv: "moves", "MOVES") { plan in
        .optional(plan.thing.relocations.map { "\($0.from) -> \($0.to)" }.joined(separator: ", "))
    },
    Column(json: "moves") { .list($0.thing.moves) },
    Column("spi", "SPI") { .optional($0.thing.spi?.description) },
    Column("keepsSPI", "KEEPS SPI") { .flag($0.thing.keepsSPI) },
    Column("suite", "SUITE") { .text($0.thing.suite.name) },
    Column("suiteAccepted", "ACCEPTED") { .optional($0.thing.isSuiteAccepted.map { $0 ? "yes" : "no" }) },
    Column("refusedNow") { .flag($0.thing.isRefusedNow) },
    Column("leader") { .optional($0.thing.leader?.text) },
    Column("upgrade") { .optional($0.thing.upgrade?.name) },
    Column("pathMTUBefore") { .optional($0.thing.pathMTUBefore) },
    Column("pathMTUAfter") { .optional($0.thing.pathMTUAfter) },
    Column(title: "PATH MTU") { .optional($0.thing.pathMTUWords) },
    Column("group", "GROUP") { .optional($0.thing.group) },
    Column("told", "MN IS TOLD") { .optional($0.thing.told) },
    Column("risks", "RISKS") { .optional($0.thing.risks.joined(separator: "; ")) },
    Column("reason", "REASON") { .optional($0.thing.why.joined(separator: "; ")) },
]

extension ReportedPlanEntry {
    /// Now, and at the new gateway.
    fileprivate var pathMTUWords: String? {
        guard let before = pathMTUBefore.map(String.init) ?? (pathMTUAfter == nil ? nil : "?") else { return nil }
        return pathMTUAfter.map { "\(before) -> \($0)" } ?? before
    }
}

extension ReportedPlanEntry {
    /// Which ends go where, with the size of what crosses.
    fileprivate var moves: [ReportValue] {
        relocations.enumerated().map { index, move in
            let octets = index < contextOctets.count ? contextOctets[index] : nil
            return .object([
                "from": .text(move.from.text), "to": .text(move.to.text),
                "contextOctets": octets.map { .count($0) } ?? .none,
            ])
        }
    }
}
