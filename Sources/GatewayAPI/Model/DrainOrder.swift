package import ForwardingPath

/// An operator's order to move everything away.
package struct DrainOrder: Hashable, Sendable {
    /// The gateway that takes the SAs; `nil` to follow the paths.
    package var to: NodeName?
    /// Who must agree, in place of the gateway's own rule.
    package var approval: ApprovalPolicy?

    /// From its parts.
    package init(to: NodeName? = nil, approval: ApprovalPolicy? = nil) {
        (self.to, self.approval) = (to, approval)
    }
}
