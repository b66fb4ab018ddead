import ContextTransfer
import IPsec

/// The pairs of SAs that the simulated moves are about: made once, because keys are slow to make.
enum SimulatedAssociations {
    /// Inbound at the gateway, where the mobile node sends, and outbound, where the gateway does.
    struct Lane {
        let up: SAIdentifier
        let down: SAIdentifier
        let subject: MoveSubject
        let contexts: MoveContexts

        /// By SA index.
        var identifiers: [SAIdentifier] { [up, down] }
    }

    /// What a group's members move, one each.
    static let lanes = [make(0), make(1)]

    /// Where an SA stands among all of them: first those of the first lane.
    static func index(of identifier: SAIdentifier) -> Int {
        Int(identifier.spi.value & 0xf) * 2 + (identifier.spi.value < 0x2000 ? 0 : 1)
    }

    private static func make(_ index: UInt8) -> Lane {
        let subject = MoveSubject(address: IPAddress(v4: 127, 10, 0, 1 + index))
        let up = make(spi: 0x1000 + UInt32(index), .inbound, subject)
        let down = make(spi: 0x2000 + UInt32(index), .outbound, subject)
        return Lane(
            up: up.association.identifier, down: down.association.identifier, subject: subject,
            contexts: MoveContexts(associations: [up, down]))
    }

    private static func make(spi: UInt32, _ direction: Direction, _ subject: MoveSubject) -> AssociationContext {
        let gateway = IPAddress(v4: 127, 10, 0, 99)
        guard let spi = SPI(spi), let suite = AlgorithmSuite(esp: .aesGCM256) else {
            preconditionFailure("The SPI and the suite are written in the test.")
        }
        var attributes = StaticAttributes(mode: .tunnel, keys: KeyedSuite(random: suite))
        attributes.replayWindowSize = 32
        let association = SecurityAssociation(
            name: direction == .inbound ? "up" : "down", user: "MN",
            identifier: SAIdentifier(
                spi: spi, destination: direction == .inbound ? gateway : subject.address, securityProtocol: .esp),
            source: direction == .inbound ? subject.address : gateway, direction: direction, attributes: attributes)
        return AssociationContext(association: association, policies: [])
    }
}
