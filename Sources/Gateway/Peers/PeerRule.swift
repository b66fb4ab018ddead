import Credentials
import ForwardingPath

/// Who may be at the other end of a connection.
enum PeerRule: Sendable {
    /// Any of these nodes: the rule of who listens.
    case oneOf(Set<NodeName>)
    /// This node alone: the rule of who dials.
    case exactly(NodeName)

    /// The node that says so of itself.
    func admit(_ node: NodeName) throws(PeerRefusal) -> NodeName {
        switch self {
        case .oneOf(let nodes): guard nodes.contains(node) else { throw .stranger(node) }
        case .exactly(let expected): guard node == expected else { throw .stranger(node) }
        }
        return node
    }

    /// The node that an authenticated certificate speaks for.
    func admit(_ identity: PeerIdentity) throws(PeerRefusal) -> NodeName {
        guard let node = identity.node else { throw .notARouter(identity) }
        switch self {
        case .oneOf(let nodes): guard nodes.contains(node) else { throw .unknownNode(identity) }
        case .exactly(let expected):
            guard node == expected else { throw .otherNode(identity, expected: expected) }
        }
        return node
    }
}
