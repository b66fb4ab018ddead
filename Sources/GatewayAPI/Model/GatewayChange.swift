package import ForwardingPath
package import IPsec

/// One change at a gateway.
package struct GatewayChange: Equatable, Sendable {
    /// One more than that of the change before it.
    package var revision: UInt64
    /// What changed.
    package var kind: Kind

    /// A change of that revision.
    package init(revision: UInt64, _ kind: Kind) {
        (self.revision, self.kind) = (revision, kind)
    }

    /// What can change at a gateway.
    package enum Kind: Equatable, Sendable {
        /// New, or in place of what had its identifier.
        case association(ReportedAssociation)
        /// No longer there.
        case associationRemoved(SAIdentifier)
        /// The packets of an SA that is there.
        case traffic(SAIdentifier, ReportedTraffic)
        /// New, or in place of what had its name; stands before the policy of that name, or at the end.
        case policy(Policy, before: String?)
        /// The policy of that name is no longer there.
        case policyRemoved(String)
        /// New, or in place of its plane's.
        case path(ReportedPath)
        /// The plane has no path any more.
        case pathRemoved(Plane)
        /// New, or in place of what had its id.
        case move(ReportedMove)
        /// The counters of the whole stack.
        case stack(StackCounters)
        /// How far the drain is.
        case drain(ReportedDrain)
        /// Something happened.
        case event(ReportedEvent)
    }
}
