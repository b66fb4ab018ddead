import ContextTransfer
import IPsec

/// The pairs of SAs that the simulated moves are about: made once, because keys are slow to make.
enum SimulatedAssociations {
    /// What a mobile node has with its gateway.
    struct Lane {
        let subject: MoveSubject
        /// Inbound at the gateway, where the mobile node sends, and outbound, where the gateway does: as the gateway has
        /// them at first.
        let associations: [SecurityAssociation]

        /// By SA index.
        var identifiers: [SAIdentifier] { associations.map(\.identifier) }
        var contexts: MoveContexts {
            MoveContexts(associations: associations.map { AssociationContext(association: $0, policies: []) })
        }
    }

    static let lanes = (0..<UInt8(4)).map(make)

    /// The suite of the first SAs, and one that every gateway has.
    static let suites = [AlgorithmSuite(esp: .aesGCM256), AlgorithmSuite(esp: .aesCBC256, .hmacSHA256)]
        .compactMap(\.self)

    /// Where an SA stands among all of them, whatever it is called: its lane is in the last digit of its SPI, its
    /// generation in the three before it.
    static func place(of identifier: SAIdentifier) -> SAPlace {
        let (lane, generation) = (Int(identifier.spi.value & 0xf), Int(identifier.spi.value >> 4 & 0xff))
        return SAPlace(
            lane: lane, generation: generation, goesToMobile: identifier.destination == lanes[lane].subject.address)
    }

    /// A fresh SPI for a place, which it tells.
    static func spi(lane: Int, generation: Int, _ random: inout SplitMix) -> SPI {
        let upper = UInt32.random(in: 0x10...0xffff, using: &random) << 16
        guard let spi = SPI(upper | UInt32(generation & 0xff) << 4 | UInt32(lane)) else {
            preconditionFailure("No SPI above 255 is reserved.")
        }
        return spi
    }

    private static func make(_ index: UInt8) -> Lane {
        let subject = MoveSubject(address: IPAddress(v4: 127, 10, 0, 1 + index))
        return Lane(
            subject: subject,
            associations: [
                make(spi: 0x1000 + UInt32(index), .inbound, subject),
                make(spi: 0x2000 + UInt32(index), .outbound, subject),
            ])
    }

    private static func make(spi: UInt32, _ direction: Direction, _ subject: MoveSubject) -> SecurityAssociation {
        let gateway = IPAddress(v4: 127, 10, 0, 99)
        guard let spi = SPI(spi), let suite = AlgorithmSuite(esp: .aesGCM256) else {
            preconditionFailure("The SPI and the suite are written in the test.")
        }
        var attributes = StaticAttributes(mode: .tunnel, keys: KeyedSuite(random: suite))
        attributes.replayWindowSize = 32
        return SecurityAssociation(
            name: direction == .inbound ? "up" : "down", user: "MN",
            identifier: SAIdentifier(
                spi: spi, destination: direction == .inbound ? gateway : subject.address, securityProtocol: .esp),
            source: direction == .inbound ? subject.address : gateway, direction: direction, attributes: attributes)
    }
}

/// One SA of all that there ever are, whatever it is called and wherever it is.
struct SAPlace: Hashable, Comparable {
    private let value: Int

    init(lane: Int, generation: Int, goesToMobile: Bool) {
        value = (generation * 16 + lane) * 2 + (goesToMobile ? 1 : 0)
    }

    var lane: Int { value / 2 % 16 }
    /// How often the lane's SAs were negotiated anew before.
    var generation: Int { value / 32 }
    /// Whether the gateway sends through it.
    var goesToMobile: Bool { value % 2 == 1 }

    static func < (left: SAPlace, right: SAPlace) -> Bool { left.value < right.value }
}

extension SAPlace: CustomStringConvertible {
    var description: String { "\(goesToMobile ? "down" : "up") \(generation) of MN \(lane)" }
}

extension SecurityAssociation {
    /// What the gateway's end is called, as the gateway has the SA.
    var gatewayName: GatewayName { GatewayName(spi: identifier.spi, address: local) }
}
