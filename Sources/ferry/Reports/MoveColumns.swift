import ContextTransfer
package import ForwardingPath
package import GatewayAPI

/// `ferry get moves`, `move`, `approve` and the like, and in JSON under "moves": a move, as `gateway` tells it.
///
/// `state` is queued, running, awaitingApproval, stepping, settling or finished; `outcome` is null until then.
/// `approvalsMissing` has nodes whose operators have not agreed. `pauseMilliseconds` is null while it is not known.
package let moveColumns: [Column<Told<ReportedMove>>] = [
    Column("gateway") { .text($0.gateway.text) },
    Column("id", "ID") { .text($0.thing.id.description) },
    Column("names", "NAMES") { .list($0.thing.names.map { .text($0) }) },
    Column("from", "FROM") { .text($0.thing.route.holder.text) },
    Column("to", "TO") { .text($0.thing.route.taker.text) },
    Column("previousRouter") { .text($0.thing.route.source.text) },
    Column("newRouter") { .text($0.thing.route.target.text) },
    Column("state", "STATE") { .text($0.thing.state.word) },
    Column("phase", "PHASE") { .optional($0.thing.phases.last?.phase.name) },
    Column("done") { .optional($0.thing.phases.last?.done) },
    Column("total") { .optional($0.thing.phases.last?.total) },
    Column("outcome", "OUTCOME") { .optional($0.thing.state.outcome?.name) },
    Column("reason", "REASON") { .optional($0.thing.state.outcome?.reason?.description ?? $0.thing.waitingReason) },
    Column("approvalsMissing") { .names($0.thing.approvalsMissing) },
    Column("abortable") { .flag($0.thing.isAbortable) },
    Column("requestedBy", "BY") { .optional($0.thing.requestedBy) },
    Column("pauseMilliseconds", "PAUSE MS") { $0.thing.pause.map { .number($0.milliseconds) } ?? .none },
    Column("bytes") { .count($0.thing.bytes) },
    Column(json: "phases") { .list($0.thing.phases.map(\.value)) },
]

extension MoveState {
    /// As reports write it.
    package var word: String {
        switch self {
        case .queued: "queued"
        case .running: "running"
        case .awaitingApproval: "awaitingApproval"
        case .stepping: "stepping"
        case .settling: "settling"
        case .finished: "finished"
        }
    }
}

extension ReportedMove {
    /// The nodes whose operators have not agreed.
    package var approvalsMissing: [NodeName] {
        guard case .awaitingApproval(let roles) = state else { return [] }
        return roles.sorted { $0.rawValue < $1.rawValue }.compactMap { route[$0] }
    }
}

extension PhaseProgress {
    /// Milliseconds are null while the phase is under way.
    fileprivate var value: ReportValue {
        .object([
            "name": .text(phase.name), "start": .text(start.text), "done": .optional(done), "total": .optional(total),
            "milliseconds": .optional(milliseconds),
        ])
    }
}
