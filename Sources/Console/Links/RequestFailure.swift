package import GatewayAPI

/// Why a request to a gateway came to nothing; with a sentence without its full stop.
package enum RequestFailure: Error, Hashable, Sendable {
    /// The gateway answered that it does not do it.
    case refused(OperationRefusal)
    /// There was no answer.
    case unreachable(String)
    /// Who answers is not the gateway that is meant, or cannot prove it.
    case untrusted(String)
    /// The other side speaks another version of the API, or wrongly.
    case incompatible(String)
    /// The own certificate, key or authority is missing or cannot be used.
    case credential(String)
}

extension RequestFailure: CustomStringConvertible {
    /// The sentence; it may have words of the other side, so escape control characters before showing it.
    package var description: String {
        switch self {
        case .refused(let refusal): refusal.description
        case .unreachable(let sentence), .untrusted(let sentence), .incompatible(let sentence),
            .credential(let sentence):
            sentence
        }
    }
}
