import ConfigurationFiles
import Credentials
import ForwardingPath

/// Why files that are good each for itself do not make a daemon.
enum SetupError: Error, Hashable, Sendable, CustomStringConvertible {
    case unknownNode(NodeName, file: String)
    case role(NodeName, NodeRole)
    case certificate(String, PeerIdentity, node: NodeName)
    case credential(TLSFiles, CredentialError)
    case trust(TLSFiles, TrustError)
    case noEndpoint(file: String)
    case secret(String, NodeName, of: NodeName)

    /// What, where, and what to do; without a full stop at its end.
    var description: String {
        switch self {
        case .unknownNode(let node, let file):
            "\(file) has no node \(node): add it there, or correct node: in the configuration"
        case .role(let node, let role): "\(node) is a \(role.rawValue), and such a node runs no daemon"
        case .certificate(let path, let identity, let node):
            "\(path) is the certificate of \(identity), not of router \(node): see ferry pki"
        case .secret(let path, let other, let node):
            "\(path) has a secret of \(other), which \(node) shares none with: mobile nodes share them with routers of the network file"
        case .credential(let files, let error): Self.sentence(files, error)
        case .trust(let files, let error) where error.isOfAuthority:
            "\(files.ca): \(error): give the ca.pem that ferry pki wrote, or have it make all certificates anew"
        case .trust(let files, .foreign):
            "\(files.certificate) is not signed by the authority in \(files.ca): give the two that ferry pki wrote together"
        case .trust(let files, let error):
            "\(files.certificate): \(error): set the clock, or have ferry pki make new certificates"
        case .noEndpoint(let file):
            "\(file) does not say where to listen for routers: add listen: {cxtp: HOST:5091}, or daemon: to the node"
        }
    }

    /// Names the file that an error is about.
    private static func sentence(_ files: TLSFiles, _ error: CredentialError) -> String {
        switch error {
        case .unreadable: "\(error): correct tls: in the configuration, or make the files with ferry pki"
        case .mismatch, .notAKey:
            "\(files.key): \(error): give the key that ferry pki wrote beside \(files.certificate)"
        case .notACertificate, .identity, .notAnAuthority, .unsupportedKey, .notMade, .exists, .openDirectory,
            .unwritable, .reservedName:
            "\(files.certificate): \(error): give the certificate that ferry pki wrote for this node"
        }
    }
}
