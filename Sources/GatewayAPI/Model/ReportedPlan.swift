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
    /// The context of the SAs that move, as it is encoded now, in octets without message headers; `nil` where the gateway
    /// does not have all of them.
    package var contextOctets: UInt64?
    /// The median pause of this gateway's last moves; while there was none an estimate; `nil` where nothing is known.
    package var expectedPause: Duration?
    /// Whether it is an estimate, from the round trips to the gateways that take part.
    package var isPauseEstimated = false

    /// From its parts.
    package init(token: String, expires: ClockTime, approval: ApprovalPolicy, associations: [ReportedPlanEntry]) {
        self.token = token
        self.expires = expires
        self.approval = approval
        self.associations = associations
    }
}
