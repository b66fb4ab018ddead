package import GatewayAPI

/// What a link tells of its gateway.
package enum LinkNews: Equatable, Sendable {
    /// The first attempt begins, or the first after a connection was lost.
    case connecting
    /// It is connected; updates follow, a snapshot first.
    case described(GatewayDescription)
    /// A snapshot, or what changed since.
    case updated(WatchUpdate)
    /// It is not connected, and why: told once, and again when the reason has changed. Attempts go on.
    case unreachable(reason: String)
}
