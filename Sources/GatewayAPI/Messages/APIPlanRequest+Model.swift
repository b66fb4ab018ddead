import ForwardingPath

extension APIPlanRequest: WireMessage {
    /// The message that asks for a plan.
    package init(_ model: MoveSelection) {
        self.init()
        names = model.names
        from = model.from?.text ?? ""
        to = model.to?.text ?? ""
        wholePath = model.wholePath
    }

    /// What the plan is to be about.
    package var model: MoveSelection {
        get throws(MessageError) { try MoveSelection(names: names, from: from, to: to, wholePath: wholePath) }
    }
}
