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
    func turn(from source: NodeName, to target: NodeName) -> Network? {
        state.withLock { network in
            let turned = network.paths.filter { $0.previousRouter == source && $0.nextRouter == target }
                .compactMap(\.reversed)
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
