/// What key management is asked for.
package struct RenewalOrder: Sendable {
    /// The node at the other end.
    package var peer: String
    /// What is to be replaced.
    package var associations: [AssociationTemplate]
    /// Whether the old SAs are at this node. Where they are not, one that is here with such an identifier is another one.
    package var areHere: Bool
    /// The user's policies that use SAs which are not here, with the old identifiers.
    package var policies: [Policy]
    /// What may protect the user's traffic.
    package var profile: UserProfile
    /// Only suites that the profile prefers to those in use.
    package var onlyUpgrades: Bool
    /// Called when the new SAs can receive here, before anybody sends through them.
    package var whenReady: @concurrent @Sendable ([Renewal]) async throws -> Void

    package init(
        peer: String, associations: [AssociationTemplate], areHere: Bool = true, policies: [Policy] = [],
        profile: UserProfile,
        onlyUpgrades: Bool = false,
        whenReady: @escaping @concurrent @Sendable ([Renewal]) async throws -> Void = { _ in }
    ) {
        (self.peer, self.associations, self.policies, self.profile) = (peer, associations, policies, profile)
        self.areHere = areHere
        (self.onlyUpgrades, self.whenReady) = (onlyUpgrades, whenReady)
    }
}
