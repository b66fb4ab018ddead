package import GatewayAPI

/// What a gateway said to a request.
package enum RequestAnswer: Equatable, Sendable {
    /// The moves that it is about, as they are now.
    case moves([ReportedMove])
    /// How a drain stands that began.
    case drain(ReportedDrain)
    /// The paths of a plane, now that there is a new one.
    case path(ReportedPath)
    /// The plan that it was asked for after is no longer what would happen.
    case outOfDate
    /// Why not: one sentence without a full stop.
    case failure(String)
}
