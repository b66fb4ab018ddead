import ForwardingPath
import IPsec

/// `ferry get spd`, and in JSON under "policies": a policy, as one gateway has it.
package let policyColumns: [Column<Told<PlacedPolicy>>] = [
    Column("gateway", "GATEWAY") { .text($0.gateway.text) },
    Column("place", "PLACE") { .optional($0.thing.place) },
    Column("name", "NAME") { .text($0.thing.policy.name) },
    Column("direction", "DIRECTION") { .text($0.thing.policy.way) },
    Column("action", "ACTION") { .text($0.thing.policy.action.word) },
    Column("origin", "ORIGIN") { .text($0.thing.policy.origin == .static ? "static" : "user") },
    Column("user", "USER") { policy in
        guard case .user(let name) = policy.thing.policy.origin else { return .none }
        return .optional(name)
    },
    Column("spi", "SPI") { .optional($0.thing.policy.association?.spi.description) },
    Column("destination") { .optional($0.thing.policy.association?.destination.description) },
    Column("priority") { .optional($0.thing.policy.priority) },
    Column("particulars") { .list($0.thing.policy.particulars.map { .text($0) }) },
    Column("selectors", "SELECTORS") { .list($0.thing.policy.selectors.map { .text($0.description) }) },
]

extension PolicyAction {
    fileprivate var word: String {
        switch self {
        case .protect: "protect"
        case .bypass: "bypass"
        case .discard: "discard"
        }
    }
}
