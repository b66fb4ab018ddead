package import ContextTransfer

extension APIMoveRole: WireWord {
    /// The word for a value of the model.
    package init(_ model: MoveRole) {
        self =
            switch model {
            case .holder: .holder
            case .source: .source
            case .target: .target
            case .taker: .taker
            case .mobile: .mobile
            }
    }
}
