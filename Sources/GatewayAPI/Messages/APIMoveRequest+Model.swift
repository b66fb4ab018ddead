import ForwardingPath

extension APIMoveRequest: WireMessage {
    /// The message for an order to move.
    package init(_ model: MoveOrder) {
        self.init()
        names = model.selection.names
        from = model.selection.from?.text ?? ""
        to = model.selection.to?.text ?? ""
        wholePath = model.selection.wholePath
        planToken = model.planToken ?? ""
        if let policy = model.approval { approval = APIApprovalPolicy(policy) }
        stepping = model.stepping
    }

    /// The order.
    package var model: MoveOrder {
        get throws(MessageError) {
            MoveOrder(
                selection: try MoveSelection(names: names, from: from, to: to, wholePath: wholePath),
                planToken: planToken.isEmpty ? nil : planToken,
                approval: hasApproval ? try approval.model("approval") : nil, stepping: stepping)
        }
    }
}
