import IPsec
import UserspaceIPsec

/// One SA with the nodes at both its ends: the sender seals what its host sends, the receiver delivers to its own.
struct Lane {
    let sender: Node
    let receiver: Node
    let outbound: SecurityAssociation
    let inbound: SecurityAssociation

    /// The SA with those attributes, at both ends in force; `lastSent` and the receiver's window may be set before.
    init(
        _ attributes: StaticAttributes, outer: AddressFamily = .v4, inner: AddressFamily = .v4,
        lastSent: UInt64 = 0, window: ReplayWindow? = nil, egressMTU: UInt16 = 1_500, pathMTU: PathMTU? = nil
    ) throws {
        let ends = outer == .v4 ? (Samples.left4, Samples.right4) : (Samples.left6, Samples.right6)
        var outbound = Samples.association(attributes, from: ends.0, to: ends.1, .outbound)
        outbound.state.lastSent = SequenceNumber(lastSent)
        outbound.state.pathMTU = pathMTU
        var inbound = Samples.association(attributes, from: ends.0, to: ends.1, .inbound)
        if let window { inbound.state.window = window }
        (self.outbound, self.inbound) = (outbound, inbound)
        var configuration = EngineConfiguration(addresses: [ScopedAddress(ends.0)])
        configuration.egressMTU = egressMTU
        sender = Node(configuration)
        receiver = Node([ends.1])
        if let hosts = Samples.inside[inner] { receiver.claim(hosts.1) }
        try sender.install([outbound], policies: [Samples.protect(outbound)])
        try receiver.install([inbound], policies: [Samples.protect(inbound)])
    }

    /// The packet that the sender puts on the wire.
    func seal(_ packet: [UInt8], now: Duration = .zero) -> [UInt8]? {
        sender.send(packet, now: now).transmitted.first
    }

    /// What the receiver delivers.
    func open(_ packet: [UInt8], now: Duration = .zero) -> [UInt8]? {
        receiver.receive(packet, now: now).delivered.first
    }

    /// The receiver's counters of the SA.
    var counters: SACounters? { receiver.associations().first?.counters }
}
