import ContextTransfer
import IPsec

/// The pair of SAs that the simulated moves are about: made once, because keys are slow to make.
enum SimulatedAssociations {
    static let subject = MoveSubject(address: IPAddress(v4: 127, 10, 0, 1))
    /// Inbound at the gateway: the mobile node sends.
    static let up = make(spi: 0x1001, .inbound)
    /// Outbound at the gateway: it sends.
    static let down = make(spi: 0x2001, .outbound)
    static let contexts = MoveContexts(associations: [up, down])
    /// By SA index: the inbound one, the outbound one.
    static let identifiers = contexts.identifiers

    private static func make(spi: UInt32, _ direction: Direction) -> AssociationContext {
        let gateway = IPAddress(v4: 127, 10, 0, 3)
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
