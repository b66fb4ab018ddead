/// What became of one SA; the raw value is its word in files and reports.
package enum AssociationOutcome: String, Hashable, Sendable, CaseIterable {
    case unchanged
    case moved
    /// It was to move, and stayed.
    case refused
    /// It ended, and renegotiation was asked for.
    case renegotiated
    case ended
}
