import ContextTransfer

extension APIMove: WireMessage {
    /// The message for a move.
    package init(_ model: ReportedMove) {
        self.init()
        id = model.id.description
        names = model.names
        route = APIRoute(model.route)
        phases = model.phases.map { APIPhaseProgress($0) }
        setStanding(model.state)
        waitingReason = model.waitingReason
        requestedBy = model.requestedBy
        abortable = model.isAbortable
        if let pause = model.pause { pauseUs = pause.wholeMicroseconds }
        bytes = model.bytes
        group = model.group?.description ?? ""
        drain = model.drain?.description ?? ""
    }

    /// The move.
    package var model: ReportedMove {
        get throws(MessageError) {
            guard hasRoute else { throw .missing(field: "route") }
            guard !names.isEmpty else { throw .missing(field: "names") }
            var model = ReportedMove(
                id: try MoveID(id).valid("id", id), names: names, route: try route.model, phases: try phases.models,
                state: try standing, waitingReason: waitingReason, requestedBy: requestedBy, isAbortable: abortable,
                pause: hasPauseUs ? Duration(wholeMicroseconds: pauseUs) : nil, bytes: bytes,
                group: group.isEmpty ? nil : try MoveID(group).valid("group", group))
            model.drain = drain.isEmpty ? nil : try MoveID(drain).valid("drain", drain)
            return model
        }
    }
}
