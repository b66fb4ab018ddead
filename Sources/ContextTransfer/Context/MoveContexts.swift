package import IPsec

/// The static contexts of one move, in the order of their SA index, with the user's profile.
package struct MoveContexts: Equatable, Sendable {
    package var associations: [AssociationContext]
    package var profile: UserProfile?
    /// Whether the taker turns the traffic only when the leader inquires after the installation, for a stepping move;
    /// else it does so at once.
    package var redirectsWhenAsked = false

    package init(associations: [AssociationContext], profile: UserProfile? = nil) {
        (self.associations, self.profile) = (associations, profile)
    }

    /// The identifiers, by SA index.
    package var identifiers: [SAIdentifier] { associations.map(\.association.identifier) }
}
