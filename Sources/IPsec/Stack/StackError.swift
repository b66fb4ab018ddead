/// Why a stack did not do what it was asked.
package enum StackError: Error, Equatable, Sendable {
    /// An SA with that identifier is there already.
    case identifierInUse(SAIdentifier)
    /// A policy with that name is there already.
    case policyInUse(String)
    /// There is no such SA.
    case noAssociation(SAIdentifier)
    /// The SA is there, but not in the phase that the request needs.
    case wrongPhase(SAIdentifier, SAPhase)
    /// The SA was renamed since, or an update before this one is missing.
    case outdated(SAIdentifier)
    /// The stack lacks something that the SA needs.
    case unsupported(SAIdentifier, String)
    /// No room for another SA.
    case full(capacity: Int)
    /// What was to be installed was in force for a moment, or may have been, and is out of service until it is removed, as far
    /// as the system still does what it is asked; why, in the system's words. The other errors of an install mean that it never was.
    case ended(String)
    /// The operating system refused; its own words.
    case system(String)
}

extension StackError: CustomStringConvertible {
    /// A sentence without full stop.
    package var description: String {
        switch self {
        case .identifierInUse(let identifier): "there is another SA with the SPI \(identifier.spi)"
        case .policyInUse(let name): "there is another policy for \(name)"
        case .noAssociation(let identifier): "there is no SA with the SPI \(identifier.spi)"
        case .wrongPhase(let identifier, let phase): "the SA with the SPI \(identifier.spi) is \(phase.name)"
        case .outdated(let identifier): "the SA with the SPI \(identifier.spi) was renamed since"
        case .unsupported(_, let lacking): lacking
        case .full(let capacity): "there is room for \(capacity) SAs"
        case .ended(let words), .system(let words): words
        }
    }
}
