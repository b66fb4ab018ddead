package import ForwardingPath

/// What a move would do, as the API tells it.
package struct ReportedPlan: Hashable, Sendable {
    /// Opaque: stands for this plan in an order to move.
    package var token: String
    /// Until when the token is good.
    package var expires: ClockTime
    /// Who will have to agree.
    package var approval: ApprovalPolicy
    /// In the gateway's order.
    package var associations: [ReportedPlanEntry]

    /// From its parts.
    package init(token: String, expires: ClockTime, approval: ApprovalPolicy, associations: [ReportedPlanEntry]) {
        self.token = token
        self.expires = expires
        self.approval = approval
        self.associations = associations
    }
}
