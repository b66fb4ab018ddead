package import ForwardingPath

extension APIApprovalPolicy: WireWord {
    /// The word for a value of the model.
    package init(_ model: ApprovalPolicy) {
        self =
            switch model {
            case .automatic: .automatic
            case .source: .source
            case .target: .target
            case .both: .both
            }
    }
}
