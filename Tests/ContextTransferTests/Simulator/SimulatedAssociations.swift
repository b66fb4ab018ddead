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
        /// By SA index what the gateway's ends are called at first.
        let names: [GatewayName]

        /// The contexts with their gateway ends under those names, by SA index.
        func contexts(named names: [GatewayName]) -> MoveContexts {
            guard names != self.names else { return contexts }
            var renamed = contexts
            renamed.associations = zip(contexts.associations, names).map { $0.named($1) }
            return renamed
        }
    }

    /// What a group's members move, one each.
    static let lanes = [make(0), make(1)]

    /// Where an SA stands among all of them, whatever it is called: first those of the first lane. Its lane is in the
    /// last digit of its SPI.
    static func index(of identifier: SAIdentifier) -> Int {
        let lane = Int(identifier.spi.value & 0xf)
        return lane * 2 + (identifier.destination == lanes[lane].subject.address ? 1 : 0)
    }

    /// The first identifier of an SA, whatever it is called now.
    static func first(of identifier: SAIdentifier) -> SAIdentifier {
        let index = index(of: identifier)
        return lanes[index / 2].identifiers[index % 2]
    }

    private static func make(_ index: UInt8) -> Lane {
        let subject = MoveSubject(address: IPAddress(v4: 127, 10, 0, 1 + index))
        let up = make(spi: 0x1000 + UInt32(index), .inbound, subject)
        let down = make(spi: 0x2000 + UInt32(index), .outbound, subject)
        return Lane(
            up: up.association.identifier, down: down.association.identifier, subject: subject,
            contexts: MoveContexts(associations: [up, down]),
            names: [up, down].map(\.association.gatewayName))
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

extension SecurityAssociation {
    /// What the gateway's end is called, as the gateway has the SA.
    var gatewayName: GatewayName { GatewayName(spi: identifier.spi, address: local) }
}
