import ContextTransfer
import ForwardingPath
import Synchronization

/// The network as it is now: paths change when MN moves.
final class CurrentNetwork: Sendable {
    private let state: Mutex<Network>
    private let settingUp = Mutex<(@concurrent @Sendable (PathPair) async -> Void)?>(nil)

    init(_ network: Network) { state = Mutex(network) }

    var network: Network { state.withLock { $0 } }

    /// Puts MN on the new paths of a move that completed, on every plane: what was new is now previous, and back is the
    /// way to go next. `nil` where no path is that of the move.
    ///
    /// Gateways that negotiate SAs anew in a move's place name no routers: theirs are the paths from the one to the other.
    func turn(_ route: MoveRoute) -> Network? {
        state.withLock { network in
            let ofRouters = network.paths.filter {
                $0.previousRouter == route.source && $0.nextRouter == route.target
            }
            let ofGateways = network.paths.filter {
                $0.previous.contains(route.holder) && $0.next?.contains(route.taker) ?? false
            }
            let turned = (ofRouters.isEmpty ? ofGateways : ofRouters).compactMap(\.reversed)
            guard !turned.isEmpty else { return nil }
            for path in turned { network = network.replacing(path) }
            return network
        }
    }

    /// Who sees to it that packets take a path which a router found.
    func onSetUp(_ take: @escaping @concurrent @Sendable (PathPair) async -> Void) {
        settingUp.withLock { $0 = take }
    }

    /// A router found a new path: returns once every node has it.
    func setUp(_ path: PathPair) async { await settingUp.withLock { $0 }?(path) }

    /// Gives a plane these paths.
    func replace(_ path: PathPair) -> Network {
        state.withLock { network in
            network = network.replacing(path)
            return network
        }
    }
}
