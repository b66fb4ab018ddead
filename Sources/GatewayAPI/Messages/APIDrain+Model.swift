import ForwardingPath

extension APIDrain: WireMessage {
    /// The message for how far a drain is.
    package init(_ model: ReportedDrain) {
        self.init()
        gateway = model.gateway.text
        requestedBy = model.requestedBy
        startMs = model.start.milliseconds
        if let end = model.end { endMs = end.milliseconds }
        moves = UInt32(clamping: model.moves)
        completed = UInt32(clamping: model.completed)
        refused = UInt32(clamping: model.refused)
        running = UInt32(clamping: model.running)
        associations = UInt32(clamping: model.associations)
        staying = UInt32(clamping: model.staying)
        aborted = UInt32(clamping: model.aborted)
        failed = UInt32(clamping: model.failed)
        leftOut = UInt32(clamping: model.leftOut)
        stoppedBy = model.stoppedBy
        users = UInt32(clamping: model.users)
        refusedAssociations = UInt32(clamping: model.refusedAssociations)
        abortedAssociations = UInt32(clamping: model.abortedAssociations)
        failedAssociations = UInt32(clamping: model.failedAssociations)
        stuckAssociations = UInt32(clamping: model.stuckAssociations)
        targets = model.targets.map { target in
            var message = APIDrainTarget()
            message.gateway = target.gateway.text
            message.moves = UInt32(clamping: target.moves)
            message.associations = UInt32(clamping: target.associations)
            return message
        }
    }

    /// How far the drain is.
    package var model: ReportedDrain {
        get throws(MessageError) {
            guard let gateway = NodeName(gateway) else { throw .invalid(field: "gateway", value: gateway) }
            let counts = [completed, refused, running, aborted, failed, leftOut]
            guard counts.reduce(0 as UInt64, { $0 + UInt64($1) }) <= UInt64(moves) else {
                throw .invalid(field: "moves", value: "\(moves)")
            }
            var model = ReportedDrain(
                gateway: gateway, requestedBy: requestedBy, start: ClockTime(milliseconds: startMs), moves: Int(moves),
                associations: Int(associations), staying: Int(staying))
            if hasEndMs { model.end = ClockTime(milliseconds: endMs) }
            (model.completed, model.refused, model.running) = (Int(completed), Int(refused), Int(running))
            (model.aborted, model.failed, model.leftOut) = (Int(aborted), Int(failed), Int(leftOut))
            model.stoppedBy = stoppedBy
            model.users = Int(users)
            model.refusedAssociations = Int(refusedAssociations)
            model.abortedAssociations = Int(abortedAssociations)
            model.failedAssociations = Int(failedAssociations)
            model.stuckAssociations = Int(stuckAssociations)
            for target in targets {
                guard let name = NodeName(target.gateway) else {
                    throw .invalid(field: "targets", value: target.gateway)
                }
                model.targets.append(
                    DrainTarget(gateway: name, moves: Int(target.moves), associations: Int(target.associations)))
            }
            return model
        }
    }
}
