package import IPsec

/// SAs that are to be negotiated anew: what they were, without their keys.
package struct LostAssociations: Sendable {
    package let associations: [AssociationTemplate]
    /// The user's policies that use them.
    package let policies: [Policy]
    /// Whether they end here whatever comes of it, so that their policies come with the new ones.
    package let areGone: Bool

    package init(associations: [AssociationTemplate], policies: [Policy], areGone: Bool) {
        (self.associations, self.policies, self.areGone) = (associations, policies, areGone)
    }
}
