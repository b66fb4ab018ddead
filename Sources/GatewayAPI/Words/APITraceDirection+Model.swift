extension APITraceDirection: WireWord {
    /// The word for a value of the model.
    package init(_ model: TraceDirection) {
        self =
            switch model {
            case .received: .received
            case .sent: .sent
            }
    }
}
