package import ForwardingPath

extension APIGatewayIdentity: WireWord {
    /// The word for a value of the model.
    package init(_ model: GatewayIdentity) {
        self =
            switch model {
            case .indirect: .indirect
            case .direct: .direct
            }
    }
}
