package import ContextTransfer

extension APIMovePhase: WireWord {
    /// The word for a value of the model.
    package init(_ model: MovePhase) {
        self =
            switch model {
            case .plan: .plan
            case .approve: .approve
            case .collect: .collect
            case .prepare: .prepare
            case .quiesce: .quiesce
            case .transfer: .transfer
            case .install: .install
            case .redirect: .redirect
            case .release: .release
            }
    }
}
