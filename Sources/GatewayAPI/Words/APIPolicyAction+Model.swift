package import IPsec

extension APIPolicyAction: WireWord {
    /// The word for a value of the model.
    package init(_ model: PolicyAction) {
        self =
            switch model {
            case .protect: .protect
            case .bypass: .bypass
            case .discard: .discard
            }
    }
}
