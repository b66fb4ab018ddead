package import IPsec

extension APIProtocolMode: WireWord {
    /// The word for a value of the model.
    package init(_ model: ProtocolMode) {
        self =
            switch model {
            case .transport: .transport
            case .tunnel: .tunnel
            case .other: .other
            }
    }
}
