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
    }

    /// How far the drain is.
    package var model: ReportedDrain {
        get throws(MessageError) {
            guard let gateway = NodeName(gateway) else { throw .invalid(field: "gateway", value: gateway) }
            guard UInt64(completed) + UInt64(refused) + UInt64(running) <= UInt64(moves) else {
                throw .invalid(field: "moves", value: "\(moves)")
            }
            var model = ReportedDrain(
                gateway: gateway, requestedBy: requestedBy, start: ClockTime(milliseconds: startMs), moves: Int(moves),
                associations: Int(associations), staying: Int(staying))
            if hasEndMs { model.end = ClockTime(milliseconds: endMs) }
            (model.completed, model.refused, model.running) = (Int(completed), Int(refused), Int(running))
            return model
        }
    }
}
