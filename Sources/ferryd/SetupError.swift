import Credentials
import ForwardingPath

/// Why files that are good each for itself do not make a daemon.
enum SetupError: Error, Hashable, Sendable, CustomStringConvertible {
    case unknownNode(NodeName, file: String)
    case role(NodeName, NodeRole)
    case certificate(String, PeerIdentity, node: NodeName)
    case noEndpoint(file: String)
    case trusted(file: String)

    /// What, where, and what to do; without a full stop at its end.
    var description: String {
        switch self {
        case .unknownNode(let node, let file):
            "\(file) has no node \(node): add it there, or correct node: in the configuration"
        case .role(let node, let role): "\(node) is a \(role.rawValue), and such a node runs no daemon"
        case .certificate(let path, let identity, let node):
            "\(path) is the certificate of \(identity), not of router \(node): see ferry pki"
        case .noEndpoint(let file):
            "\(file) does not say where to listen for routers: add listen: {cxtp: HOST:5091}, or daemon: to the node"
        case .trusted(let file):
            "\(file) asks for a trusted network, which this ferryd does not speak in: leave trusted: out, and give tls:"
        }
    }
}
