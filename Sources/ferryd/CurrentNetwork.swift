import ForwardingPath
import Synchronization

/// A network that is read anew now and then.
final class CurrentNetwork: Sendable {
    private let network: Mutex<Network>

    init(_ network: Network) { self.network = Mutex(network) }

    var value: Network {
        get { network.withLock { $0 } }
        set { network.withLock { $0 = newValue } }
    }
}
