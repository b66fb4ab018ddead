import Credentials
import ForwardingPath

/// Why a connection was closed before a word of CXTP was spoken on it.
enum PeerRefusal: Error, Hashable, Sendable {
    /// The certificate says not who it belongs to.
    case identity(IdentityError)
    /// The certificate is a viewer's or an operator's.
    case notARouter(PeerIdentity)
    /// The certificate is that of a router which is none of the network's other nodes.
    case unknownNode(PeerIdentity)
    /// The node that was dialled is another.
    case otherNode(PeerIdentity, expected: NodeName)
    /// It is on no network where routers speak without TLS; its address.
    case untrusted(String)
    /// It says that it is a node which is none of the network's other ones.
    case stranger(NodeName)
    /// TLS failed, for example because another authority signed the certificate; the library's words.
    case handshake(String)
    /// The handshake took too long.
    case tooSlow
    /// It was the oldest of too many that had not authenticated.
    case crowded
    /// The other side closed first.
    case closed
    /// It is not known where the node listens.
    case noEndpoint
    /// TCP did not connect; the operating system's words.
    case unreachable(String)
}

extension PeerRefusal: CustomStringConvertible {
    /// A sentence without its full stop.
    var description: String {
        switch self {
        case .identity(let error): error.description
        case .notARouter(let identity): "\(identity) is not a router"
        case .unknownNode(let identity): "\(identity) is no other node of the network"
        case .otherNode(let identity, let expected): "\(identity) answered in place of \(expected)"
        case .untrusted(let address): "\(address) is not on the trusted network"
        case .stranger(let node): "\(node) is no other node of the network"
        case .handshake(let reason): "TLS failed: \(reason)"
        case .tooSlow: "it did not authenticate in time"
        case .crowded: "too many connections have not authenticated, and this was the oldest"
        case .closed: "the other side closed before it had authenticated"
        case .noEndpoint: "it is not known where the node listens"
        case .unreachable(let reason): "it cannot be reached: \(reason)"
        }
    }
}
