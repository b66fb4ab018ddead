import ForwardingPath
import IPsec
package import GatewayAPI

/// What plans of gateways ask for, all together. In JSON under "total": `moving`, `refusedNow` (a drain tries them, and
/// the gateway that would take them says now that it would not), `renegotiating`, `staying`, each SA once whichever ends
/// tell of it, `contextOctets`, null where a gateway does not have all SAs that it would move, and
/// `expectedPauseMilliseconds`, which is `expectedPauseEstimated` before the first move, and null where nothing is known.
package struct PlanTotal {
    let moving: Int
    let refusedNow: Int
    let renegotiating: Int
    let staying: Int
    let contextOctets: UInt64?
    /// The longest of the gateways'.
    let expectedPause: Duration?
    /// Whether that is an estimate, from round trips to the gateways that take part.
    let isPauseEstimated: Bool

    init(_ plans: [ReportedPlan]) {
        let entries = plans.flatMap(\.associations)
        /// The SAs of some entries, each once.
        func associations(_ isWanted: (ReportedPlanEntry) -> Bool) -> Set<String> {
            Set(entries.filter(isWanted).map { "\($0.name) \($0.spi?.description ?? "")" })
        }
        let (moves, renewals) = (associations { $0.action == .move }, associations { $0.action == .renegotiate })
        refusedNow = associations(\.isRefusedNow).count
        (moving, renegotiating) = (moves.count - refusedNow, renewals.count)
        staying = associations { _ in true }.subtracting(moves).subtracting(renewals).count
        let octets = plans.map(\.contextOctets)
        contextOctets = octets.contains(nil) ? nil : octets.compactMap(\.self).reduce(0, +)
        let longest = plans.filter { plan in plan.associations.contains { $0.action == .move } }
            .max { $0.expectedPause ?? .zero < $1.expectedPause ?? .zero }
        (expectedPause, isPauseEstimated) = (longest?.expectedPause, longest?.isPauseEstimated ?? false)
    }

    /// For a person.
    var words: String {
        let octets = contextOctets.map { "\($0) octets of context" } ?? "an unknown size of context"
        let pause =
            milliseconds.map {
                "\($0) ms, " + (isPauseEstimated ? "estimated from round trips" : "as in this gateway's last moves")
            } ?? "not known before the first move"
        return "\(moving) SAs to move, "
            + (refusedNow > 0 ? "\(refusedNow) to try that are refused as things are, " : "")
            + (renegotiating > 0 ? "\(renegotiating) to renegotiate, " : "")
            + "\(staying) stay; \(octets); expected pause: \(pause)"
    }

    /// A plan for a person who does not look at its table: what moves where and what does not, and its total.
    package static func lines(_ plan: ReportedPlan) -> [String] {
        var lines: [String] = []
        for entry in plan.associations.prefix(most) {
            let places = entry.relocations.map { "\($0.from) to \($0.to)" }.joined(separator: ", ")
            let reason = entry.reasons.isEmpty ? "" : ": " + entry.reasons.joined(separator: ", ")
            lines.append("\(entry.name): \(entry.action.rawValue)\(places.isEmpty ? "" : " \(places)")\(reason)")
        }
        if plan.associations.count > most { lines.append("and \(plan.associations.count - most) more") }
        return lines + [PlanTotal([plan]).words]
    }

    /// How many SAs of a plan are told one by one.
    private static let most = 20

    var value: ReportValue {
        .object([
            "moving": .count(UInt64(moving)), "refusedNow": .count(UInt64(refusedNow)),
            "renegotiating": .count(UInt64(renegotiating)),
            "staying": .count(UInt64(staying)),
            "contextOctets": contextOctets.map { .count($0) } ?? .none,
            "expectedPauseEstimated": .flag(isPauseEstimated),
            "expectedPauseMilliseconds": milliseconds.map { .number($0) } ?? .none,
        ])
    }

    private var milliseconds: Double? { expectedPause.map { ($0 / .microseconds(10)).rounded() / 100 } }
}
