import ForwardingPath
import Synchronization

/// The network as it is now: paths change when MN moves.
final class CurrentNetwork: Sendable {
    private let state: Mutex<Network>

    init(_ network: Network) { state = Mutex(network) }

    var network: Network { state.withLock { $0 } }

    /// Puts MN on the new path of a move that completed: what was new is now previous, and back is the way to go next.
    /// `nil` where no path is that of the move.
    func turn(from source: NodeName, to target: NodeName) -> Network? {
        state.withLock { network in
            for path in network.paths where path.previousRouter == source && path.nextRouter == target {
                guard let back = path.reversed else { continue }
                network = network.replacing(back)
                return network
            }
            return nil
        }
    }
}
