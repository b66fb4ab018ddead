import ForwardingPath
import GatewayAPI

/// `ferry drain`, and in JSON under "drains": its moves and SAs, and what became of the moves.
let drainColumns: [Column<Told<ReportedDrain>>] = [
    Column("gateway", "GATEWAY") { .text($0.gateway.text) },
    Column("users", "USERS") { .count(UInt64($0.thing.users)) },
    Column("moves", "MOVES") { .count(UInt64($0.thing.moves)) },
    Column("completed", "COMPLETED") { .count(UInt64($0.thing.completed)) },
    Column("refused", "REFUSED") { .count(UInt64($0.thing.refused)) },
    Column("aborted", "ABORTED") { .count(UInt64($0.thing.aborted)) },
    Column("failed", "FAILED") { .count(UInt64($0.thing.failed)) },
    Column("notBegun", "NOT BEGUN") { .count(UInt64($0.thing.leftOut)) },
    Column("left", "LEFT") { .count(UInt64($0.thing.left)) },
    Column("associations", "SAS") { .count(UInt64($0.thing.associations)) },
    Column("moved", "MOVED") { .count(UInt64($0.thing.moved)) },
    Column("refusedAssociations") { .count(UInt64($0.thing.refusedAssociations)) },
    Column("abortedAssociations") { .count(UInt64($0.thing.abortedAssociations)) },
    Column("failedAssociations") { .count(UInt64($0.thing.failedAssociations)) },
    Column("stuckAssociations", "STUCK") { .count(UInt64($0.thing.stuckAssociations)) },
    Column("targets", "TO") { .list($0.thing.targets.map { .text("\($0.gateway) \($0.associations)") }) },
    Column("staying", "STAY") { .count(UInt64($0.thing.staying)) },
    Column("requestedBy", "BY") { .text($0.thing.requestedBy) },
    Column("stoppedBy") { .optional($0.thing.stoppedBy.isEmpty ? nil : $0.thing.stoppedBy) },
    Column("start") { .text($0.thing.start.text) },
    Column("end") { .optional($0.thing.end?.text) },
]
