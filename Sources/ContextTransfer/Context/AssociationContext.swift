package import IPsec

/// The static context of one SA: everything but what changes with each packet.
package struct AssociationContext: Equatable, Sendable {
    /// The SA; its dynamic state is that of a new one and means nothing here.
    package var association: SecurityAssociation
    /// The user's policies that use the SA.
    package var policies: [Policy]

    package init(association: SecurityAssociation, policies: [Policy]) {
        var association = association
        association.state = DynamicAttributes(fresh: association.attributes)
        self.association = association
        self.policies = policies
    }

    /// What a new gateway must know of the SA to say whether it can take it: no key.
    package var offer: AssociationOffer { AssociationOffer(association) }

    /// The context with the gateway's end of the SA under another name.
    package func named(_ name: GatewayName) -> AssociationContext {
        var renamed = self
        renamed.association = association.named(name)
        for index in policies.indices where policies[index].association == association.identifier {
            renamed.policies[index].association = renamed.association.identifier
        }
        return renamed
    }
}
