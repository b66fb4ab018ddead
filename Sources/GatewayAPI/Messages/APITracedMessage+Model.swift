import ContextTransfer
import ForwardingPath

extension APITracedMessage: WireMessage {
    /// The message for what went over the wire.
    package init(_ model: TracedMessage) {
        self.init()
        number = model.number
        clockMs = model.clock.milliseconds
        sent = model.isSent
        from = model.from.text
        to = model.to.text
        move = model.move.description
        name = model.name
        type = model.type
        summary = model.summary
        octets = UInt32(clamping: model.octets)
        messages = UInt32(clamping: model.messages)
    }

    /// What went over the wire.
    package var model: TracedMessage {
        get throws(MessageError) {
            TracedMessage(
                number: number, clock: try ClockTime(field: "clock_ms", clockMs), isSent: sent,
                from: try NodeName(from).valid("from", from), to: try NodeName(to).valid("to", to),
                move: try MoveID(move).valid("move", move), name: name, type: type, summary: summary,
                octets: Int(octets), messages: Int(messages))
        }
    }
}
