import ForwardingPath

extension APIDrainRequest: WireMessage {
    /// The message for an order to drain.
    package init(_ model: MoveOrder) {
        self.init()
        from = model.selection.from?.text ?? ""
        to = (model.selection.spread ?? []).map(\.text)
        planToken = model.planToken ?? ""
        if let policy = model.selection.spiConflict { spiConflict = APISPIConflictPolicy(policy) }
        if let policy = model.approval { approval = APIApprovalPolicy(policy) }
    }

    /// The order.
    package var model: MoveOrder {
        get throws(MessageError) {
            guard let gateway = NodeName(from) else { throw .invalid(field: "from", value: from) }
            var selection = MoveSelection(draining: gateway, to: try NodeName.list(field: "to", to))
            selection.spiConflict = hasSpiConflict ? try spiConflict.model("spi_conflict") : nil
            return MoveOrder(
                selection: selection,
                planToken: planToken.isEmpty ? nil : planToken,
                approval: hasApproval ? try approval.model("approval") : nil)
        }
    }
}
