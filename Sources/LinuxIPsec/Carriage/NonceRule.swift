package import IPsec

/// Whether a counter mode's nonces stay different where the kernel makes them: it mixes the sequence number with a salt that
/// is new each time the SA is put in force, and that nobody can read or set (`seqiv`).
package enum NonceRule {
    /// Two salts have some packets' nonces in common with a chance of about installs² × numbers in 2⁶⁴: up to here it is
    /// under one in 2³².
    private static let limit: UInt128 = 1 << 32

    /// As many installs are counted.
    private static let most = XfrmPast.most

    /// Why an SA should not be put in force once more; `nil` where it may.
    package static func obstacle(_ association: SecurityAssociation) -> XfrmObstacle? {
        let state = association.state
        guard association.direction == .outbound,
            association.attributes.keys.suite.encryption?.ivMode == .sequenceNumber
        else { return nil }
        let installs = UInt128(state.installs) + 1
        let isUncounted = state.installs >= most
        return isUncounted || installs * installs * UInt128(state.lastSent.value) > limit
            ? .nonces(installs: UInt32(clamping: installs), lastSent: state.lastSent.value) : nil
    }
}
