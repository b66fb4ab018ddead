import ArgumentParser

/// What `ferry history` can show.
package enum Chronicle: String, Hashable, Sendable, CaseIterable, ExpressibleByArgument {
    /// The audit trail.
    case events
    /// Moves that ended.
    case moves
}
