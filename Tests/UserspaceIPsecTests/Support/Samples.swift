import IPPackets
import IPsec
import UserspaceIPsec

/// Two gateways, `left` and `right`, with a network behind each; and SAs between them.
enum Samples {
    static let left4 = IPAddress(v4: 192, 0, 2, 1)
    static let right4 = IPAddress(v4: 192, 0, 2, 2)
    static let left6 = address("2001:db8::1")
    static let right6 = address("2001:db8::2")
    /// Hosts behind them.
    static let inside = [
        AddressFamily.v4: (IPAddress(v4: 10, 1, 0, 1), IPAddress(v4: 10, 2, 0, 2)),
        .v6: (address("fd00:1::1"), address("fd00:2::2")),
    ]

    /// An address that a test writes down.
    static func address(_ text: String) -> IPAddress {
        guard let address = IPAddress(text) else { preconditionFailure("\(text) is no address.") }
        return address
    }

    /// An SPI that a test writes down.
    static func spi(_ value: UInt32) -> SPI {
        guard let spi = SPI(value) else { preconditionFailure("\(value) is reserved.") }
        return spi
    }

    /// The suite with a key made of a pattern.
    static func keys(_ suite: AlgorithmSuite, seed: UInt8 = 1) -> KeyedSuite {
        let pattern = { (count: Int) in
            KeyMaterial(octets: (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7) &+ seed })
        }
        let encryption = suite.encryption.map { $0.keyOctets + $0.saltOctets } ?? 0
        let keyed = KeyedSuite(
            suite, encryptionKey: pattern(encryption), integrityKey: pattern(suite.integrity?.keyOctets ?? 0))
        guard let keyed else { preconditionFailure("The lengths are the suite's own.") }
        return keyed
    }

    /// What a pair of SAs, one at each end, has in common.
    static func attributes(
        _ suite: AlgorithmSuite, _ mode: ProtocolMode = .tunnel, extended: Bool = false, udp: Bool = false
    ) -> StaticAttributes {
        var attributes = StaticAttributes(mode: mode, keys: keys(suite))
        attributes.extendedSequenceNumbers = extended
        attributes.encapsulation = udp ? UDPEncapsulation() : nil
        attributes.selectors = [AddressFamily.v4, .v6].map {
            TrafficSelector(source: .all($0), destination: .all($0))
        }
        return attributes
    }

    /// The SA from one address to another, as the end in that direction has it.
    static func association(
        _ attributes: StaticAttributes, from source: IPAddress = left4, to destination: IPAddress = right4,
        _ direction: Direction, spi number: UInt32 = 0x1001
    ) -> SecurityAssociation {
        let identifier = SAIdentifier(
            spi: spi(number), destination: destination,
            securityProtocol: attributes.keys.suite.securityProtocol)
        return SecurityAssociation(
            name: "sample", user: "user", identifier: identifier, source: source, direction: direction,
            attributes: attributes)
    }

    /// The policy that sends everything, or what `selectors` say, through an SA.
    static func protect(
        _ association: SecurityAssociation, name: String = "protect", selectors: [TrafficSelector]? = nil
    ) -> Policy {
        Policy(
            name: name, direction: association.direction, selectors: selectors ?? association.attributes.selectors,
            action: .protect, origin: .user("user"), association: association.identifier)
    }

    /// The operator's policy for everything that no other is for.
    static func anything(_ action: PolicyAction, _ direction: Direction) -> Policy {
        Policy(
            name: "\(action.name) \(direction.name)", direction: direction,
            selectors: [AddressFamily.v4, .v6].map { TrafficSelector(source: .all($0), destination: .all($0)) },
            action: action, origin: .static)
    }

    /// A packet with a number in it, between two addresses.
    static func packet(
        _ number: Int = 0, from source: IPAddress = IPAddress(v4: 10, 1, 0, 1),
        to destination: IPAddress = IPAddress(v4: 10, 2, 0, 2), trafficClass: UInt8 = 0, hopLimit: UInt8 = 64,
        dontFragment: Bool = false
    ) -> [UInt8] {
        let packet = try? IPPacket.udp(
            from: source, to: destination, ports: UDPHeader(source: 4000, destination: 4001),
            trafficClass: trafficClass, hopLimit: hopLimit, dontFragment: dontFragment,
            content: Array("packet \(number)".utf8))
        guard let packet else { preconditionFailure("A short packet can be built.") }
        return packet
    }
}
