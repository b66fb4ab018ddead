import IPsec
import UserspaceIPsec

/// A mobile node, two gateways with one virtual address between them, and a host behind the gateways.
///
/// ```
///                    ┌ old (192.0.2.1) ┐
/// mobile (outside) ──┤  virtual addr.  ├── host
///                    └ new (192.0.2.2) ┘
/// ```
final class MoveLab {
    let network = Network()
    let mobile = Node([MoveLab.mobileOuter])
    let old = Node([Samples.left4], peers: [Samples.right4])
    let new = Node([Samples.right4], peers: [Samples.left4])
    /// As the gateway in charge has them.
    let uplink: SecurityAssociation
    let downlink: SecurityAssociation
    let policies: [Policy]

    static let mobileOuter = IPAddress(v4: 198, 51, 100, 9)
    static let mobileInner = IPAddress(v4: 10, 9, 0, 1)
    static let virtual = IPAddress(v4: 203, 0, 113, 1)
    static let host = IPAddress(v4: 10, 2, 0, 2)
    static let toOld = ForwardingTarget(address: Samples.left4)
    static let toNew = ForwardingTarget(address: Samples.right4)

    init(_ suite: AlgorithmSuite = AlgorithmSuite.allESP[0], udp: Bool = false) throws {
        var up = Samples.attributes(suite, udp: udp)
        up.selectors = [TrafficSelector(source: AddressRange(Self.mobileInner), destination: .all(.v4))]
        var down = Samples.attributes(suite, udp: udp)
        down.selectors = [TrafficSelector(source: .all(.v4), destination: AddressRange(Self.mobileInner))]
        uplink = Samples.association(up, from: Self.mobileOuter, to: Self.virtual, .inbound)
        downlink = Samples.association(down, from: Self.virtual, to: Self.mobileOuter, .outbound, spi: 0x2001)
        policies = [Samples.protect(uplink, name: "up"), Samples.protect(downlink, name: "down")]
        try setUp(up, down)
    }

    private func setUp(_ up: StaticAttributes, _ down: StaticAttributes) throws {
        mobile.claim(Self.mobileInner)
        let sending = Samples.association(up, from: Self.mobileOuter, to: Self.virtual, .outbound)
        let receiving = Samples.association(down, from: Self.virtual, to: Self.mobileOuter, .inbound, spi: 0x2001)
        try mobile.install(
            [sending, receiving],
            policies: [Samples.protect(sending, name: "up"), Samples.protect(receiving, name: "down")])
        for gateway in [old, new] {
            try gateway.install([], policies: [Samples.anything(.bypass, .outbound)])
        }
        let host = Node([Self.host])
        try host.install([], policies: [Samples.anything(.bypass, .outbound), Samples.anything(.bypass, .inbound)])
        network.add("mobile", mobile, at: [Self.mobileOuter])
        network.add("old", old, at: [Samples.left4])
        network.add("new", new, at: [Samples.right4])
        network.add("host", host, at: [Self.host])
        old.claim(Self.virtual)
        route(to: "old")
        try old.install([uplink, downlink], policies: policies)
    }

    var identifiers: [SAIdentifier] { [uplink.identifier, downlink.identifier] }
    var selectors: [SAIdentifier: [TrafficSelector]] { [downlink.identifier: downlink.attributes.selectors] }

    /// Sends both directions through that gateway.
    func route(to gateway: String) {
        network.routes[Self.virtual] = gateway
        network.routes[Self.mobileInner] = gateway
    }

    /// The mobile node's host sends numbered packets to the host.
    func up(_ numbers: ClosedRange<Int>) {
        for number in numbers {
            network.send(Samples.packet(number, from: Self.mobileInner, to: Self.host), at: "mobile")
        }
    }

    /// And back.
    func down(_ numbers: ClosedRange<Int>) {
        for number in numbers {
            network.send(Samples.packet(number, from: Self.host, to: Self.mobileInner), at: "host")
        }
    }

    /// The SAs with the state that a quiesce gave.
    func moved(_ states: [SAIdentifier: DynamicAttributes]) -> [SecurityAssociation] {
        [uplink, downlink].map { association in
            var association = association
            if let state = states[association.identifier] { association.state = state }
            return association
        }
    }
}
