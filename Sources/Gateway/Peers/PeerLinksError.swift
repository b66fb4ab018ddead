package import Credentials
package import ForwardingPath

/// Why links to other routers cannot be made at all.
package enum PeerLinksError: Error, Hashable, Sendable {
    /// This daemon's own certificate is not a router's.
    case notARouter(PeerIdentity)
    /// The TLS library refuses the certificate, the key or the authority; its own words.
    case unusable(String)
    /// The operating system does not let the daemon listen there; its words.
    case cannotListen(Endpoint, reason: String)
    /// The links ended before they listened, or never began.
    case notListening
}

extension PeerLinksError: CustomStringConvertible {
    /// A sentence without its full stop.
    package var description: String {
        switch self {
        case .notARouter(let identity): "the daemon's own certificate is that of \(identity), not of a router"
        case .unusable(let reason): "TLS cannot use the daemon's certificate, key or authority: \(reason)"
        case .cannotListen(let endpoint, let reason): "the daemon cannot listen on \(endpoint): \(reason)"
        case .notListening: "the links to other routers are not listening"
        }
    }
}
