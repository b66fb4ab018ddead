package import ForwardingPath

extension APISPIConflictPolicy: WireWord {
    /// The word for a value of the model.
    package init(_ model: SPIConflictPolicy) {
        self =
            switch model {
            case .deny: .deny
            case .renegotiate: .renegotiate
            case .reassign: .reassign
            }
    }
}
