import ForwardingPath
import Synchronization

/// The nodes that may speak and be spoken to; they change while the links run.
final class PeerDirectory: Sendable {
    /// One of them.
    struct Peer: Sendable {
        /// What waits to be sent to it.
        let queue: AsyncStream<HeldMessage>.Continuation
        /// Finished when it is a peer no more.
        let ending: AsyncStream<Never>.Continuation
    }

    private let peers = Mutex<[NodeName: Peer]>([:])

    var names: Set<NodeName> { peers.withLock { Set($0.keys) } }

    func contains(_ node: NodeName) -> Bool { peers.withLock { $0[node] != nil } }

    /// What waits for a node; `nil` where it is no peer.
    func queue(of node: NodeName) -> AsyncStream<HeldMessage>.Continuation? {
        peers.withLock { $0[node]?.queue }
    }

    /// Makes `nodes` the peers; those that are new are made by `make`. Returns those that are peers no more, whose
    /// dialling ends.
    func replace(with nodes: Set<NodeName>, make: (NodeName) -> Peer) -> Set<NodeName> {
        peers.withLock { peers in
            let gone = Set(peers.keys).subtracting(nodes)
            for node in gone { peers.removeValue(forKey: node)?.ending.finish() }
            for node in nodes.sorted() where peers[node] == nil { peers[node] = make(node) }
            return gone
        }
    }
}
