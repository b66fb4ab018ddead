package import ForwardingPath

/// An operator's order to move.
package struct MoveOrder: Hashable, Sendable {
    /// What moves.
    package var selection: MoveSelection
    /// From the plan that the operator saw; `nil` to move by whatever the plan is now.
    package var planToken: String?
    /// Who must agree beside those whom the gateway's own rule names.
    package var approval: ApprovalPolicy?
    /// Whether to wait for a key before each phase outside the pause.
    package var stepping: Bool
    /// How the mobile node knows the gateway; `nil`: as the network file says.
    package var identity: GatewayIdentity?

    /// From its parts.
    package init(
        selection: MoveSelection, planToken: String? = nil, approval: ApprovalPolicy? = nil, stepping: Bool = false,
        identity: GatewayIdentity? = nil
    ) {
        self.selection = selection
        self.planToken = planToken
        self.approval = approval
        self.stepping = stepping
        self.identity = identity
    }
}
