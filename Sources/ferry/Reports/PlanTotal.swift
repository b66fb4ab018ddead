import ForwardingPath
import GatewayAPI

/// What plans of gateways ask for, all together. In JSON under "total": `moving`, `staying`, `contextOctets`, null where a
/// gateway does not have all SAs that it would move, and `expectedPauseMilliseconds`, null before the first move.
struct PlanTotal {
    let moving: Int
    let staying: Int
    let contextOctets: UInt64?
    /// The longest of the gateways'.
    let expectedPause: Duration?

    init(_ plans: [ReportedPlan]) {
        let moves = plans.flatMap(\.associations).count { $0.action == .move }
        (moving, staying) = (moves, plans.reduce(0) { $0 + $1.associations.count } - moves)
        let octets = plans.map(\.contextOctets)
        contextOctets = octets.contains(nil) ? nil : octets.compactMap(\.self).reduce(0, +)
        expectedPause = plans.filter { plan in plan.associations.contains { $0.action == .move } }
            .compactMap(\.expectedPause).max()
    }

    /// For a person.
    var words: String {
        let octets = contextOctets.map { "\($0) octets of context" } ?? "an unknown size of context"
        let pause =
            milliseconds.map { "\($0) ms, as in this gateway's last moves" } ?? "not known before the first move"
        return "\(moving) SAs to move, \(staying) stay; \(octets); expected pause: \(pause)"
    }

    var value: ReportValue {
        .object([
            "moving": .count(UInt64(moving)), "staying": .count(UInt64(staying)),
            "contextOctets": contextOctets.map { .count($0) } ?? .none,
            "expectedPauseMilliseconds": milliseconds.map { .number($0) } ?? .none,
        ])
    }

    private var milliseconds: Double? { expectedPause.map { ($0 / .microseconds(10)).rounded() / 100 } }
}
