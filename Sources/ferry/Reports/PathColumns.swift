import ForwardingPath
package import GatewayAPI

/// `ferry get paths`, and in JSON under "paths": the forwarding paths of one plane, as one gateway knows them.
///
/// `previous` and `next` are nodes from MN to RN, `next` null while it is not known; `g` is G, null with a `reason`;
/// `beside` are the nodes at MN's place beside the first of `previous`, mostly none.
package let pathColumns: [Column<Told<ReportedPath>>] = [
    Column("gateway", "GATEWAY") { .text($0.gateway.text) },
    Column("plane", "PLANE") { .text($0.thing.path.plane.rawValue) },
    Column("previous", "PREVIOUS") { .names($0.thing.path.previous) },
    Column("next", "NEXT") { $0.thing.path.next.map { .names($0) } ?? .none },
    Column("g", "G") { .optional($0.thing.gateway?.text) },
    Column("reason", "REASON") { .optional($0.thing.reason) },
    Column("beside", "BESIDE MN") { .names($0.thing.beside) },
]
