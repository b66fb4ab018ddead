import ArgumentParser

/// What `ferry history` can show.
package enum Chronicle: String, Hashable, Sendable, CaseIterable, ExpressibleByArgument {
    /// The audit trail.
    case events
    /// Moves that ended.
    case moves
    /// What became of each user's SAs in the gateway's drain, also where it has forgotten the moves.
    case drain
}
