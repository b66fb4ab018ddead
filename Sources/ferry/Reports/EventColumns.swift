import ContextTransfer
import ForwardingPath
package import GatewayAPI

/// `ferry history`: an entry of a gateway's audit trail.
///
/// `number` counts up by one at its gateway. `actor` is null where the gateway itself did it, `command` where no command
/// line does the same.
package let eventColumns: [Column<Told<ReportedEvent>>] = [
    Column("time", "TIME") { .text($0.thing.clock.text) },
    Column("gateway", "GATEWAY") { .text($0.gateway.text) },
    Column("number") { .count($0.thing.number) },
    Column("kind", "KIND") { .text($0.thing.kind.rawValue) },
    Column("actor", "WHO") { .optional($0.thing.actor) },
    Column("action", "ACTION") { .text($0.thing.action) },
    Column("associations") { .list($0.thing.associations.map { .text($0) }) },
    Column("move", "MOVE") { .optional($0.thing.move?.description) },
    Column("text", "WHAT HAPPENED") { .text($0.thing.text) },
    Column("command") { .optional($0.thing.command) },
]
