package import IPsec

extension APISecurityProtocol: WireWord {
    /// The word for a value of the model.
    package init(_ model: SecurityProtocol) {
        self =
            switch model {
            case .esp: .esp
            case .ah: .ah
            }
    }
}
