package import GatewayAPI

/// Whether a gateway can be reached.
package enum Reach: Hashable, Sendable {
    /// Not yet.
    case connecting
    /// What is shown of it is so now.
    case connected
    /// What is shown of it was so then; nothing is shown of one that was never reached.
    case unreachable(reason: String, since: ClockTime)

    /// Its word on the screen.
    package var word: String {
        switch self {
        case .connecting: "connecting"
        case .connected: "connected"
        case .unreachable: "unreachable"
        }
    }
}
