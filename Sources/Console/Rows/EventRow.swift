import GatewayAPI

/// One event of one gateway, as it is listed.
struct EventRow {
    /// Where it happened.
    let gateway: GatewayMirror
    /// What happened.
    let event: ReportedEvent

    /// Who did it.
    var actor: String { event.actor.isEmpty ? gateway.name : event.actor }
}
