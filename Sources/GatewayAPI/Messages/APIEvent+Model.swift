import ContextTransfer

extension APIEvent: WireMessage {
    /// The message for an event.
    package init(_ model: ReportedEvent) {
        self.init()
        number = model.number
        clockMs = model.clock.milliseconds
        kind = APIEventKind(model.kind)
        actor = model.actor
        action = model.action
        associations = model.associations
        move = model.move?.description ?? ""
        command = model.command
        text = model.text
    }

    /// The event.
    package var model: ReportedEvent {
        get throws(MessageError) {
            ReportedEvent(
                number: number, clock: try ClockTime(field: "clock_ms", clockMs), kind: try kind.model("kind"),
                actor: actor, action: action, associations: associations,
                move: try move.unlessEmpty("move") { MoveID($0) },
                command: command, text: text)
        }
    }
}
