package import IPsec

extension StackError {
    /// What it says to a person.
    package var sentence: String {
        switch self {
        case .identifierInUse(let identifier): "there is another one with the SPI \(identifier.spi)"
        case .policyInUse(let name): "there is another policy \"\(name)\""
        case .noAssociation(let identifier): "there is none with the SPI \(identifier.spi)"
        case .wrongPhase(let identifier, let phase): "\(identifier.spi) is \(phase)"
        case .unsupported(_, let lacking): lacking
        case .outdated(let identifier): "\(identifier) was renamed since"
        case .full(let capacity): "there is room for \(capacity)"
        case .ended(let words), .system(let words): words
        }
    }
}
