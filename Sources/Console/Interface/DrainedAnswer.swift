package import GatewayAPI

/// What a gateway said when it was asked what became of a drain's moves.
package enum DrainedAnswer: Equatable, Sendable {
    /// Some of them.
    case report(DrainedReport)
    /// Why it tells nothing: one sentence without a full stop.
    case failure(String)
}
