internal import Crypto
internal import IPsec

/// All that was said in one negotiation, with who said it, hashed: the ends derive the same keys only where they heard the
/// same, and mean the same SAs by it. Every field goes in with its length before it.
struct ExchangeTranscript: Sendable {
    private var hash = SHA256()

    /// Begins with the names of the negotiation and of both nodes.
    init(_ id: KeyExchangeID, initiator: String, responder: String) {
        add(id.upper)
        add(id.lower)
        add(Array(initiator.utf8))
        add(Array(responder.utf8))
    }

    /// Of all that was added.
    var digest: [UInt8] { Array(hash.finalize()) }

    /// What the SAs are, as this end has them: an end that has them otherwise gets another digest.
    mutating func add(_ templates: [AssociationTemplate]) {
        add(UInt64(templates.count))
        for template in templates {
            add(template.replaces)
            add(Array(template.source.octets))
            add(UInt64(template.mode.rawValue))
            add(UInt64(template.extendedSequenceNumbers ? 1 : 0))
            add(template.encapsulation.map { UInt64($0.source) << 16 | UInt64($0.destination) } ?? 0)
        }
    }

    mutating func add(_ share: KeyShare) {
        add(share.nonce)
        add(share.publicKey)
    }

    mutating func add(_ proposals: [AssociationProposal]) {
        for proposal in proposals {
            add(UInt64(proposal.suites.count))
            for suite in proposal.suites { add(Array(suite.name.utf8)) }
            add(UInt64(proposal.spi?.value ?? 0))
        }
    }

    mutating func add(_ choices: [AssociationChoice]) {
        for choice in choices {
            add(Array(choice.suite.name.utf8))
            add(UInt64(choice.spi?.value ?? 0))
        }
    }

    private mutating func add(_ identifier: SAIdentifier) {
        add(UInt64(identifier.spi.value))
        add(Array(identifier.destination.octets))
        add(UInt64(identifier.securityProtocol.rawValue))
        add(Array(identifier.realm.name.utf8))
    }

    private mutating func add(_ number: UInt64) {
        add((0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * UInt64($0))) })
    }

    private mutating func add(_ octets: [UInt8]) {
        let count = UInt32(octets.count)
        hash.update(data: (0..<4).map { UInt8(truncatingIfNeeded: count >> (24 - 8 * UInt32($0))) })
        hash.update(data: octets)
    }
}
