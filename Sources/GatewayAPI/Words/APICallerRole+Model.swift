extension APICallerRole: WireWord {
    /// The word for a value of the model.
    package init(_ model: CallerRole) {
        self =
            switch model {
            case .viewer: .viewer
            case .operator: .operator
            }
    }
}
