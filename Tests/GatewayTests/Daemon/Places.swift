import ForwardingPath
import Synchronization

/// Where routers listen on this machine.
final class Places: Sendable {
    private let ports = Mutex<[NodeName: UInt16]>([:])

    subscript(node: NodeName) -> Endpoint? { ports.withLock { $0[node] }.map { Endpoint(host: "127.0.0.1", port: $0) } }

    func place(_ node: NodeName, at port: UInt16) { ports.withLock { $0[node] = port } }
}
