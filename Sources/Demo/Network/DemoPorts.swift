import ForwardingPath
import Synchronization

/// Where the demo's daemons listen, known once they run.
final class DemoPorts: Sendable {
    private let cxtp = Mutex<[NodeName: Endpoint]>([:])
    private let api = Mutex<[NodeName: UInt16]>([:])

    /// For the other routers.
    subscript(node: NodeName) -> Endpoint? {
        get { cxtp.withLock { $0[node] } }
        set { cxtp.withLock { $0[node] = newValue } }
    }

    /// For consoles; 0 as long as any port will do.
    func api(_ node: NodeName) -> UInt16 { api.withLock { $0[node] ?? 0 } }

    func setAPI(_ node: NodeName, _ port: UInt16) { api.withLock { $0[node] = port } }
}
