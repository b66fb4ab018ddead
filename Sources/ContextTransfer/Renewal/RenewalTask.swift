package import ForwardingPath
package import IPsec

/// What a holder asks a taker for: to negotiate new SAs with the other end in the place of the holder's. No key.
package struct RenewalTask: Equatable, Sendable {
    /// The node at the other end.
    package var peer: NodeName
    /// The SAs as the holder has them, with their user's policies.
    package var associations: [AssociationTemplate]
    package var policies: [[Policy]]
    /// What may protect the user's traffic.
    package var profile: UserProfile
    /// Only suites that the profile prefers to those in use.
    package var onlyUpgrades: Bool

    package init(
        peer: NodeName, associations: [AssociationTemplate], policies: [[Policy]], profile: UserProfile,
        onlyUpgrades: Bool
    ) {
        precondition(policies.count == associations.count, "Each SA has its policies, none or more.")
        (self.peer, self.associations, self.policies) = (peer, associations, policies)
        (self.profile, self.onlyUpgrades) = (profile, onlyUpgrades)
    }
}
