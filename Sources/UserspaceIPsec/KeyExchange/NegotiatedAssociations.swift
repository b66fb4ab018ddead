internal import IPsec

/// What two ends agreed on: the new SAs, as one of them has them.
struct NegotiatedAssociations: Sendable {
    let associations: [SecurityAssociation]
    let renewals: [Renewal]

    /// `nil` where an SPI is missing, or given by an end that does not receive.
    init?(
        _ templates: [AssociationTemplate], proposals: [AssociationProposal], choices: [AssociationChoice],
        secret: ExchangeSecret, _ transcript: ExchangeTranscript
    ) {
        guard proposals.count == templates.count, choices.count == templates.count else { return nil }
        var associations: [SecurityAssociation] = []
        var renewals: [Renewal] = []
        for (index, template) in templates.enumerated() {
            let (proposal, choice) = (proposals[index], choices[index])
            guard proposal.suites.contains(choice.suite), (proposal.spi == nil) != (choice.spi == nil),
                choice.suite.securityProtocol == template.replaces.securityProtocol,
                let spi = proposal.spi ?? choice.spi,
                let keys = secret.keys(choice.suite, index: index, transcript)
            else { return nil }
            let association = template.association(spi, keys: keys)
            associations.append(association)
            renewals.append(
                Renewal(
                    name: template.name, direction: template.direction, old: template.replaces,
                    new: association.identifier, suite: choice.suite))
        }
        (self.associations, self.renewals) = (associations, renewals)
    }
}
