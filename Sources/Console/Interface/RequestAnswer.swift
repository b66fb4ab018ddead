package import GatewayAPI

/// What a gateway said to a request.
package enum RequestAnswer: Equatable, Sendable {
    /// The moves that it is about, as they are now.
    case moves([ReportedMove])
    /// Why not: one sentence without a full stop.
    case failure(String)
}
