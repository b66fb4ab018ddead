/// What a new gateway answers where an SPI is in use there (draft section 7.2); the raw value is its word in files.
package enum SPIConflictPolicy: String, Hashable, Sendable, CaseIterable {
    /// The SA does not move.
    case deny
    /// The new gateway negotiates another SA with the other end, and the old one ends then.
    case renegotiate
    /// The SA moves under a free SPI, which the other end is told.
    case reassign
}
