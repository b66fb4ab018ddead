package import ForwardingPath
import IPsec

/// The question before a move: can you take these, and must an operator of yours agree?
package struct MoveOffer: Hashable, Sendable {
    package var subject: MoveSubject
    /// By SA index.
    package var associations: [AssociationOffer]
    /// Whether an operator at the new router must agree.
    package var needsApproval: Bool
    /// Who asked for the move, for the operator there and the audit trail.
    package var requestedBy: String
    /// The group that the move is a part of; `nil` where it is alone.
    package var group: MoveID?
    /// The drain that the move is a part of: what an operator decides about one of its moves holds for all.
    package var drain: MoveID?
    /// How the far end knows the gateway.
    package var identity = GatewayIdentity.indirect
    /// What the order says to do where an SPI is in use; `nil`: as the taker is configured.
    package var spiConflict: SPIConflictPolicy?

    package init(
        subject: MoveSubject, associations: [AssociationOffer], needsApproval: Bool, requestedBy: String,
        group: MoveID? = nil
    ) {
        self.subject = subject
        self.associations = associations
        self.needsApproval = needsApproval
        self.requestedBy = requestedBy
        self.group = group
    }
}
