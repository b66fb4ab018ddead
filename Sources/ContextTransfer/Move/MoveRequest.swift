package import ForwardingPath

/// What a holder asks the previous router for: to lead a move of SAs that are at the holder.
///
/// RFC 4067 has no such message: there the previous router knows by itself what it is to transfer.
package struct MoveRequest: Hashable, Sendable {
    /// The move; whether an operator at the new router must agree is the previous router's to say.
    package var offer: MoveOffer
    /// Who must agree; `nil`: as the previous router is configured.
    package var approval: ApprovalPolicy?
    /// Whether the move waits for a key before each phase outside the pause.
    package var stepping: Bool

    package init(offer: MoveOffer, approval: ApprovalPolicy? = nil, stepping: Bool = false) {
        (self.offer, self.approval, self.stepping) = (offer, approval, stepping)
    }
}
