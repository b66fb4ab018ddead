import ForwardingPath

extension APIMoveRequest: WireMessage {
    /// The message for an order to move.
    package init(_ model: MoveOrder) {
        self.init()
        names = model.selection.names
        from = model.selection.from?.text ?? ""
        to = model.selection.to?.text ?? ""
        wholePath = model.selection.wholePath
        if let policy = model.selection.spiConflict { spiConflict = APISPIConflictPolicy(policy) }
        upgrade = model.selection.upgrade
        planToken = model.planToken ?? ""
        if let policy = model.approval { approval = APIApprovalPolicy(policy) }
        stepping = model.stepping
        if let identity = model.identity { gatewayIdentity = APIGatewayIdentity(identity) }
    }

    /// The order.
    package var model: MoveOrder {
        get throws(MessageError) {
            var selection = try MoveSelection(names: names, from: from, to: to, wholePath: wholePath)
            selection.spiConflict = hasSpiConflict ? try spiConflict.model("spi_conflict") : nil
            selection.upgrade = upgrade
            return MoveOrder(
                selection: selection,
                planToken: planToken.isEmpty ? nil : planToken,
                approval: hasApproval ? try approval.model("approval") : nil, stepping: stepping,
                identity: gatewayIdentity == .unspecified ? nil : try gatewayIdentity.model("gateway_identity"))
        }
    }
}
