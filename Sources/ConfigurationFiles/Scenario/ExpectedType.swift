package import ForwardingPath

/// The type that an SA must have.
package enum ExpectedType: Hashable, Sendable {
    case known(SAType)
    /// It must have none.
    case unknown

    /// Whether a plan's type is the expected one.
    package func matches(_ type: SAType?) -> Bool {
        switch self {
        case .known(let known): type == known
        case .unknown: type == nil
        }
    }
}
