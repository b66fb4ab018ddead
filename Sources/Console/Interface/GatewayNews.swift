package import GatewayAPI

/// What the console hears of one gateway.
package enum GatewayNews: Equatable, Sendable {
    /// Somebody is trying to reach it.
    case connecting
    /// It answered: who it is, and whom it takes us for.
    case described(GatewayDescription)
    /// A snapshot, or changes since.
    case updated(WatchUpdate)
    /// It cannot be reached, or went away; one sentence without a full stop.
    case unreachable(reason: String)
}
