package import ForwardingPath
package import IPsec

/// The static contexts of one move, in the order of their SA index, with the user's profile.
package struct MoveContexts: Equatable, Sendable {
    package var associations: [AssociationContext]
    package var profile: UserProfile?
    /// Whether the taker turns the traffic only when the leader inquires after the installation, for a stepping move;
    /// else it does so at once.
    package var redirectsWhenAsked = false
    /// How the far end knows the gateway.
    package var identity = GatewayIdentity.indirect
    /// What the order says to do where an SPI is in use; `nil`: as the taker is configured.
    package var spiConflict: SPIConflictPolicy?
    /// By SA index what the taker calls the gateway ends, where that is another name; it is not on the wire.
    package var names: [GatewayName?] = []

    package init(associations: [AssociationContext], profile: UserProfile? = nil) {
        (self.associations, self.profile) = (associations, profile)
    }

    /// The identifiers, by SA index.
    package var identifiers: [SAIdentifier] { associations.map(\.association.identifier) }

    /// The identifiers that the SAs will have at the taker, by SA index.
    package var takenIdentifiers: [SAIdentifier] { associations.indices.map { taken($0).association.identifier } }

    /// What the SAs will be called, by what they were called, where that differs.
    package var renamings: [SAIdentifier: SAIdentifier] {
        let pairs = zip(identifiers, takenIdentifiers).filter { $0 != $1 }
        return Dictionary(pairs.map { ($0.0, $0.1) }) { first, _ in first }
    }

    /// An SA and its policies as the taker has them.
    package func taken(_ index: Int) -> AssociationContext {
        guard let name = name(index) else { return associations[index] }
        return associations[index].named(name)
    }

    /// What the taker says of them when it has them.
    package var acceptance: [Verdict] { associations.indices.map { name($0).map(Verdict.renamed) ?? .accepted } }

    /// What the far end has to be told with these numbers and windows, by SA index.
    package func updates(_ dynamics: [DynamicAttributes]) -> [GatewayUpdate] {
        zip(associations.indices, dynamics).compactMap { index, state in
            name(index).map {
                GatewayUpdate(
                    identifier: associations[index].association.identifier, name: $0, order: state.renamings &+ 1)
            }
        }
    }

    private func name(_ index: Int) -> GatewayName? { index < names.count ? names[index] : nil }
}
