import ConfigurationFiles
import Console
import ContextTransfer
import ForwardingPath
import GatewayAPI

/// `ferry get gateways`, and in JSON under "gateways": a configured gateway; most keys are null when it is not reached.
///
/// `skewMilliseconds` is its clock less ours, `role` and `name` of the caller are what it takes us for.
package let gatewayColumns: [Column<ListedGateway>] = [
    Column("address", "ADDRESS") { .text($0.address.description) },
    Column("gateway", "GATEWAY") { .optional($0.reading?.description.node.text) },
    Column("reached", "REACHED") { .flag($0.reading != nil) },
    Column("role", "ROLE") { .optional($0.reading?.description.role.rawValue) },
    Column("stack", "STACK") { .optional($0.reading?.description.stack) },
    Column("version", "VERSION") { .optional($0.reading?.description.version) },
    Column("associations", "SAS") { .optional($0.reading?.snapshot.associations.count) },
    Column("moves", "MOVES") { .optional($0.reading?.runningMoves) },
    Column("skewMilliseconds", "SKEW MS") { $0.reading.map { .number(Double($0.skew)) } ?? .none },
    Column("started", "STARTED") { .optional($0.reading?.description.started.text) },
    Column("callerRole", "AS") { .optional($0.reading?.description.callerRole.rawValue) },
    Column("callerName") { .optional($0.reading?.description.callerName) },
    Column("reason", "REASON") { .optional($0.failure?.description) },
]

extension GatewayReading {
    /// Moves that are not over.
    fileprivate var runningMoves: Int { snapshot.moves.count { $0.state.outcome == nil } }
}
