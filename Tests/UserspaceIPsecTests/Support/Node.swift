import IPsec
import UserspaceIPsec

/// A packet engine behind a reference, since `#expect` takes no call that mutates its argument.
final class Node {
    private var engine: PacketEngine

    init(_ configuration: EngineConfiguration) { engine = PacketEngine(configuration) }

    /// A node at some addresses, with peers.
    convenience init(_ addresses: [IPAddress], peers: [IPAddress] = []) {
        self.init(
            EngineConfiguration(
                addresses: Set(addresses.map { ScopedAddress($0) }), peers: Set(peers.map { ScopedAddress($0) })))
    }

    var counters: StackCounters { engine.counters }
    var capabilities: StackCapabilities { engine.capabilities }
    var policies: [Policy] { engine.policies }
    var heldCount: Int { engine.heldCount }
    var nextDeadline: Duration? { engine.nextDeadline }

    func receive(_ packet: [UInt8], realm: Realm = .default, now: Duration = .zero) -> [EngineOutput] {
        engine.receive(packet, realm: realm, now: now)
    }

    func send(_ packet: [UInt8], realm: Realm = .default, now: Duration = .zero) -> [EngineOutput] {
        engine.send(packet, realm: realm, now: now)
    }

    @discardableResult
    func install(
        _ associations: [SecurityAssociation], policies: [Policy] = [], now: Duration = .zero
    ) throws -> [EngineOutput] {
        try engine.install(associations, policies: policies, now: now)
    }

    @discardableResult
    func quiesce(
        _ identifiers: [SAIdentifier], forwarding: ForwardingTarget?, now: Duration = .zero
    ) throws -> [SAIdentifier: DynamicAttributes] {
        try engine.quiesce(identifiers, forwarding: forwarding, now: now)
    }

    @discardableResult
    func resume(_ identifiers: [SAIdentifier], now: Duration = .zero) throws -> [EngineOutput] {
        try engine.resume(identifiers, now: now)
    }

    @discardableResult
    func remove(_ identifiers: [SAIdentifier], keepsForwarding: Bool) -> [EngineOutput] {
        engine.remove(identifiers, keepsForwarding: keepsForwarding)
    }

    func expect(_ identifiers: [SAIdentifier], selectors: [SAIdentifier: [TrafficSelector]] = [:]) throws {
        try engine.expect(identifiers, selectors: selectors)
    }

    func forget(_ identifiers: [SAIdentifier], returningTo target: ForwardingTarget?) -> [EngineOutput] {
        engine.forget(identifiers, returningTo: target)
    }

    func adopt(_ names: [SAIdentifier: SAIdentifier]) { engine.adopt(names) }
    func retireOldNames(of identifiers: [SAIdentifier], now: Duration) {
        engine.retireOldNames(of: identifiers, now: now)
    }
    func update(_ updates: [GatewayUpdate]) throws { try engine.update(updates) }

    func expire(now: Duration) -> [EngineOutput] { engine.expire(now: now) }
    func claim(_ address: IPAddress) { engine.claim(ScopedAddress(address)) }
    func release(_ address: IPAddress) { engine.release(ScopedAddress(address)) }

    func associations(now: Duration = .zero) -> [AssociationStatus] { engine.associations(now: now) }

    /// One SA as the node has it.
    func status(_ identifier: SAIdentifier, now: Duration = .zero) -> AssociationStatus? {
        associations(now: now).first { $0.association.identifier == identifier }
    }
}
