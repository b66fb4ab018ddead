import ForwardingPath

extension APIDrainRequest: WireMessage {
    /// The message for an order to move everything away.
    package init(_ model: DrainOrder) {
        self.init()
        to = model.to?.text ?? ""
        if let policy = model.approval { approval = APIApprovalPolicy(policy) }
    }

    /// The order.
    package var model: DrainOrder {
        get throws(MessageError) {
            DrainOrder(
                to: try to.unlessEmpty("to") { NodeName($0) },
                approval: hasApproval ? try approval.model("approval") : nil)
        }
    }
}
