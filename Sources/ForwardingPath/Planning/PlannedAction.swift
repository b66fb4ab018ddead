/// What a plan does with an SA; the raw value is its word in reports.
package enum PlannedAction: String, Hashable, Sendable, CaseIterable {
    /// It stays as it is.
    case none
    /// Its context is transferred.
    case move
    /// It ends, and a new one is negotiated at the new gateway.
    case renegotiate
    /// The new path is not known, so neither is what to do.
    case pending
    /// It would have to move and cannot (draft section 6.4).
    case conflict
}
