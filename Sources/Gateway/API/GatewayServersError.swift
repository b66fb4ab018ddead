package import ForwardingPath

/// Why the gateway's API cannot be served.
package enum GatewayServersError: Error, Hashable, Sendable {
    /// The TLS library refuses the certificate, the key or the authority; its own words.
    case unusable(String)
    /// The operating system does not let the daemon listen there; its words.
    case cannotListen(Endpoint, reason: String)
    /// The UNIX socket cannot be made.
    case socket(LocalSocketError)
    /// The servers ended before they listened, or never began.
    case notListening
    /// A server that listened broke; the library's words.
    case broken(String)
}

extension GatewayServersError: CustomStringConvertible {
    /// A sentence without its full stop.
    package var description: String {
        switch self {
        case .unusable(let reason): "TLS cannot use the daemon's certificate, key or authority: \(reason)"
        case .cannotListen(let endpoint, let reason): "the daemon cannot listen on \(endpoint): \(reason)"
        case .socket(let error): error.description
        case .notListening: "the gateway's API is not served"
        case .broken(let reason): "the gateway's API broke: \(reason)"
        }
    }
}
