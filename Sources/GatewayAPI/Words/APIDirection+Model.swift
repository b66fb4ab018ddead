package import IPsec

extension APIDirection: WireWord {
    /// The word for a value of the model.
    package init(_ model: Direction) {
        self =
            switch model {
            case .inbound: .inbound
            case .outbound: .outbound
            }
    }
}
