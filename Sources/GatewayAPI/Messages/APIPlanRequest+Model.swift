import ForwardingPath

extension APIPlanRequest: WireMessage {
    /// The message that asks for a plan.
    package init(_ model: MoveSelection) {
        self.init()
        names = model.names
        from = model.from?.text ?? ""
        to = model.to?.text ?? ""
        wholePath = model.wholePath
        drain = model.spread != nil
        spread = (model.spread ?? []).map(\.text)
        if let policy = model.spiConflict { spiConflict = APISPIConflictPolicy(policy) }
        upgrade = model.upgrade
    }

    /// What the plan is to be about.
    package var model: MoveSelection {
        get throws(MessageError) {
            var model = try MoveSelection(names: names, from: from, to: to, wholePath: wholePath)
            if drain { model.spread = try NodeName.list(field: "spread", spread) }
            model.spiConflict = hasSpiConflict ? try spiConflict.model("spi_conflict") : nil
            model.upgrade = upgrade
            return model
        }
    }
}
