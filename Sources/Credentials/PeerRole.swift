/// What the owner of a certificate may do; the raw value is its word in the certificate.
package enum PeerRole: String, Hashable, Sendable, CaseIterable {
    /// Speaks CXTP, for its own node only.
    case router
    /// Looks.
    case viewer
    /// Looks, moves, approves and aborts.
    case `operator`
}
