import ContextTransfer
import ForwardingPath
import GatewayAPI

/// `ferry history drain`, and in JSON under "drained": SAs of one user that a drain moves in one go, and what becomes of
/// them.
///
/// `standing` is waits, under way, not begun, or the outcome of the move by which they went, or did not.
let drainedColumns: [Column<Told<ReportedDrained>>] = [
    Column("gateway", "GATEWAY") { .text($0.gateway.text) },
    Column("number", "NO") { .count($0.thing.number) },
    Column("user", "USER") { .optional($0.thing.user.isEmpty ? nil : $0.thing.user) },
    Column("names", "SAS") { .list($0.thing.names.map { .text($0) }) },
    Column("to", "TO") { .optional($0.thing.to?.text) },
    Column("standing", "OUTCOME") { .text($0.thing.word) },
    Column("renegotiated") { .flag($0.thing.isRenegotiated) },
    Column("reason", "REASON") { .optional($0.thing.outcome?.reason?.description) },
    Column("move") { .optional($0.thing.move?.description) },
]
