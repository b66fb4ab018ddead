import ContextTransfer
import ForwardingPath
import IPsec

/// The network of the draft's figure 10, with its addresses and SAs.
enum Figure {
    static let names: [(NodeName, NodeRole)] = [
        ("MN", .mobileNode), ("PR", .accessRouter), ("SG1", .securityGateway), ("NR", .accessRouter),
        ("SG2", .securityGateway), ("G", .router), ("RN", .remoteNode),
    ]

    static let network = Network(
        nodes: names.enumerated().map { index, node in
            Node(name: node.0, role: node.1, addresses: [address(index + 1)])
        },
        paths: [
            PathPair(
                plane: .data, previous: ["MN", "PR", "SG1", "G", "RN"], next: ["MN", "NR", "SG2", "G", "RN"])
        ])

    static func address(_ last: Int) -> IPAddress { IPAddress(v4: 127, 10, 0, UInt8(last)) }

    /// An SA at SG1 whose other end has the address `peer`, and is the user's unless `user` is empty.
    static func status(
        _ name: String, _ spi: UInt32, _ direction: Direction, peer: IPAddress = address(1), user: String = "MN",
        phase: SAPhase = .inForce
    ) -> AssociationStatus? {
        guard let suite = AlgorithmSuite(esp: .aesGCM256), let spi = SPI(spi) else { return nil }
        let ends = direction == .inbound ? (from: peer, to: address(3)) : (from: address(3), to: peer)
        let association = SecurityAssociation(
            name: name, user: user,
            identifier: SAIdentifier(spi: spi, destination: ends.to, securityProtocol: .esp), source: ends.from,
            direction: direction, attributes: StaticAttributes(mode: .tunnel, keys: KeyedSuite(random: suite)))
        return AssociationStatus(association: association, phase: phase, counters: SACounters())
    }
}
