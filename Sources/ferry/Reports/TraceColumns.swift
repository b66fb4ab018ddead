import ContextTransfer
import ForwardingPath
import GatewayAPI

/// `ferry trace`, and in JSON under "messages": one step between two gateways. `toldBy` is sent or received: whose clock
/// `time` is by.
let traceColumns: [Column<TracedMessage>] = [
    Column("time", "TIME") { .text($0.clock.text) },
    Column("move", "MOVE") { .text(String($0.move.description.prefix(8))) },
    Column("from", "FROM") { .text($0.from.text) },
    Column("to", "TO") { .text($0.to.text) },
    Column("name", "MESSAGE") { .text($0.name) },
    Column("type", "TYPE") { .text($0.type) },
    Column("octets", "OCTETS") { .count(UInt64($0.octets)) },
    Column("messages") { .count(UInt64($0.messages)) },
    Column("toldBy") { .text($0.isSent ? "sender" : "receiver") },
    Column("summary", "WHAT") { .optional($0.summary) },
]
