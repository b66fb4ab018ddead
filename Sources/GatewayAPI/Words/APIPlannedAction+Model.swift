package import ForwardingPath

extension APIPlannedAction: WireWord {
    /// The word for a value of the model.
    package init(_ model: PlannedAction) {
        self =
            switch model {
            case .none: .none
            case .move: .move
            case .renegotiate: .renegotiate
            case .pending: .pending
            case .conflict: .conflict
            }
    }
}
