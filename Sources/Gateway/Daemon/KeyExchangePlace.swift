import IPsec
import Synchronization

/// Where a daemon's key management is found, once the daemon runs.
final class KeyExchangePlace: Sendable {
    private let place = Mutex<(any KeyExchange)?>(nil)

    /// `nil` before the daemon runs, and where there is none.
    var keyExchange: (any KeyExchange)? {
        get { place.withLock { $0 } }
        set { place.withLock { $0 = newValue } }
    }
}
