package import ForwardingPath

/// What a drain has tried with SAs of one user. Does no I/O and reads no clock.
package struct DrainAttempts: Hashable, Sendable {
    /// How often what is in the way of a move may be waited for.
    package static let longestWait = 30

    /// The gateways that refused them: none of them is asked again.
    package private(set) var refusedBy: Set<NodeName> = []
    private var waits = 0

    /// Nothing yet.
    package init() {}

    /// What is tried next after a move to a gateway ended so; `nil` where the SAs are not there any more, somebody said no,
    /// or it was waited for often enough.
    ///
    /// - Parameter limit: how often may be waited.
    package mutating func next(
        after outcome: MoveOutcome, to taker: NodeName, waits limit: Int = Self.longestWait
    ) -> DrainRetry? {
        switch outcome.retry {
        case nil: return nil
        case .later:
            guard waits < limit else { return nil }
            waits += 1
            return .later
        case .elsewhere:
            refusedBy.insert(taker)
            return .elsewhere
        }
    }
}
