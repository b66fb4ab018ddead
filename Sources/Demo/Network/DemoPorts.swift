import ForwardingPath
import Synchronization

/// Where the demo's daemons listen for each other, known once they run.
final class DemoPorts: Sendable {
    private let table = Mutex<[NodeName: Endpoint]>([:])

    subscript(node: NodeName) -> Endpoint? {
        get { table.withLock { $0[node] } }
        set { table.withLock { $0[node] = newValue } }
    }
}
