package import ContextTransfer
package import IPsec

/// What a move's party at this node tells the audit trail, the API and the operator. It never holds a key.
package struct MoveEvent: Sendable {
    package enum Kind: Sendable {
        /// The party learned which SAs the move is about, by name, who asked for it (empty where it was not told) and
        /// which group and which drain it is a part of.
        case about([String], requestedBy: String, group: MoveID? = nil, drain: MoveID? = nil)
        case entered(MovePhase)
        /// The move stands differently.
        case stands(MoveStanding)
        case quiesced([SAIdentifier])
        case resumed([SAIdentifier])
        case installed([SAIdentifier])
        case released([SAIdentifier])
        /// The gateway of SAs here has another name.
        case updated([GatewayUpdate])
        /// The SAs ended: the key management is asked for new ones.
        case renegotiationNeeded([SAIdentifier], MoveReason)
        /// SAs that had to be here are nowhere after a restart: whoever negotiated them is to do so anew.
        case missing([SAIdentifier])
        /// The party cannot go on, since its note was not made durable; the journal's words.
        case failed(String)
    }

    package let key: MovePartyKey
    package let move: MoveDescription
    package let kind: Kind
    /// When it happened, on this machine's monotonic clock.
    package let instant: ContinuousClock.Instant

    package init(key: MovePartyKey, move: MoveDescription, kind: Kind, instant: ContinuousClock.Instant) {
        (self.key, self.move, self.kind, self.instant) = (key, move, kind, instant)
    }
}
