extension APIEventKind: WireWord {
    /// The word for a value of the model.
    package init(_ model: EventKind) {
        self =
            switch model {
            case .audit: .audit
            case .alarm: .alarm
            case .log: .log
            case .renegotiation: .renegotiation
            }
    }
}
