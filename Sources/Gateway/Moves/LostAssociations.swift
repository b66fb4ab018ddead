package import ForwardingPath
package import IPsec

/// SAs that are to be negotiated anew: what they were, without their keys.
package struct LostAssociations: Sendable {
    package let associations: [AssociationTemplate]
    /// The user's policies that use them.
    package let policies: [Policy]
    /// Whether they end here whatever comes of it, so that their policies come with the new ones.
    package let areGone: Bool
    /// From where the move brought them that ends them here: an IKE daemon there has negotiated them.
    package let home: NodeName?

    package init(
        associations: [AssociationTemplate], policies: [Policy], areGone: Bool, home: NodeName? = nil
    ) {
        (self.associations, self.policies, self.areGone, self.home) = (associations, policies, areGone, home)
    }
}
