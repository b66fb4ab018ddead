package import ForwardingPath

extension APINodeRole: WireWord {
    /// The word for a value of the model.
    package init(_ model: NodeRole) {
        self =
            switch model {
            case .mobileNode: .mobileNode
            case .accessRouter: .accessRouter
            case .securityGateway: .securityGateway
            case .router: .router
            case .remoteNode: .remoteNode
            }
    }
}
