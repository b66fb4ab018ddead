package import ContextTransfer
package import IPsec

/// What a move's party at this node tells the audit trail, the API and the operator. It never holds a key.
package struct MoveEvent: Sendable {
    package enum Kind: Sendable {
        case entered(MovePhase)
        /// An operator here must agree.
        case approvalNeeded
        case quiesced([SAIdentifier])
        case resumed([SAIdentifier])
        case installed([SAIdentifier])
        case released([SAIdentifier])
        /// The SAs ended: the key management is asked for new ones.
        case renegotiationNeeded([SAIdentifier], MoveReason)
        case finished(MoveOutcome)
        /// The party cannot go on; its own words.
        case failed(String)
    }

    package let key: MovePartyKey
    package let kind: Kind
    /// When it happened, on this machine's monotonic clock.
    package let instant: ContinuousClock.Instant
}
