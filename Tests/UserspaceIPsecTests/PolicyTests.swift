import IPPackets
import IPsec
import Testing
import UserspaceIPsec

@Suite("Policies at work")
struct PolicyTests {
    private let suite = AlgorithmSuite.allESP[0]
    private let toRight = TrafficSelector(
        source: .all(.v4), destination: AddressRange(IPAddress(v4: 10, 2, 0, 2)))

    @Test("what no policy is for is dropped, what one discards too, each counted")
    func drops() throws {
        let node = Node([Samples.left4])
        #expect(node.send(Samples.packet()).isEmpty)
        try node.install([], policies: [Samples.anything(.discard, .outbound), Samples.anything(.discard, .inbound)])
        #expect(node.send(Samples.packet()).isEmpty)
        #expect(node.receive(Samples.packet(to: Samples.left4)).isEmpty)
        #expect(node.counters.noPolicy == 1)
        #expect(node.counters.discarded == 2)
    }

    @Test("what a policy bypasses goes in the clear, and comes in")
    func bypass() throws {
        let node = Node([Samples.left4])
        try node.install([], policies: [Samples.anything(.bypass, .outbound), Samples.anything(.bypass, .inbound)])
        #expect(node.send(Samples.packet()) == [.transmit(Samples.packet(), realm: .default)])
        let arriving = Samples.packet(to: Samples.left4)
        #expect(node.receive(arriving) == [.deliver(arriving, realm: .default)])
    }

    @Test("a clear packet that should have come through an SA is refused, here and in transit")
    func unprotected() throws {
        let lane = try Lane(Samples.attributes(suite))
        #expect(lane.receiver.receive(Samples.packet()).isEmpty)
        #expect(lane.receiver.receive(Samples.packet(to: IPAddress(v4: 10, 9, 9, 9))).isEmpty)
        #expect(lane.receiver.counters.unprotected == 2)
    }

    @Test("what comes out of an SA but is not its traffic is dropped and counted")
    func selectors() throws {
        var attributes = Samples.attributes(suite)
        attributes.selectors = [toRight]
        let lane = try Lane(attributes)
        let wide = try Lane(Samples.attributes(suite))
        let stray = try #require(wide.seal(Samples.packet(to: Samples.right4)))
        #expect(lane.receiver.receive(stray).isEmpty)
        #expect(lane.counters?.selectorMismatches == 1)
        #expect(lane.counters?.packets == 0)
    }

    @Test("an SA without selectors takes what the policy that names it takes")
    func selectorsOfPolicy() throws {
        var attributes = Samples.attributes(suite)
        attributes.selectors = []
        let inbound = Samples.association(attributes, .inbound)
        let receiver = Node([Samples.right4, IPAddress(v4: 10, 2, 0, 2)])
        try receiver.install([inbound], policies: [Samples.protect(inbound, selectors: [toRight])])
        let maker = try Lane(Samples.attributes(suite))
        let right = try #require(maker.seal(Samples.packet()))
        let stray = try #require(maker.seal(Samples.packet(to: Samples.right4)))
        #expect(receiver.receive(right).delivered.count == 1)
        #expect(receiver.receive(stray).isEmpty)
        #expect(receiver.status(inbound.identifier)?.counters.selectorMismatches == 1)
    }

    @Test("a packet for no SA is counted, in whatever it comes", arguments: [false, true])
    func unknownSPI(_ isEncapsulated: Bool) throws {
        let maker = try Lane(Samples.attributes(suite, udp: isEncapsulated))
        let sealed = try #require(maker.seal(Samples.packet()))
        let node = Node([Samples.right4])
        #expect(node.receive(sealed).isEmpty)
        #expect(node.counters.unknownSPI == 1)
    }

    @Test("an SA takes packets only in the way it is encapsulated", arguments: [false, true])
    func encapsulation(_ isEncapsulated: Bool) throws {
        let maker = try Lane(Samples.attributes(suite, udp: isEncapsulated))
        let other = try Lane(Samples.attributes(suite, udp: !isEncapsulated))
        let sealed = try #require(maker.seal(Samples.packet()))
        #expect(other.open(sealed) == nil)
        #expect(other.receiver.counters.unknownSPI == 1)
    }

    @Test("IKE beside ESP on port 4500 is for the policies, not for the SAD")
    func nonESPMarker() throws {
        let node = Node([Samples.right4])
        try node.install([], policies: [Samples.anything(.bypass, .inbound)])
        let ike = try IPPacket.udp(
            from: Samples.left4, to: Samples.right4, ports: UDPHeader(source: 4500, destination: 4500),
            content: [0, 0, 0, 0] + Array("IKE message".utf8))
        #expect(node.receive(ike).delivered == [ike])
    }

    @Test("ESP of others in transit goes on by the policies")
    func transit() throws {
        let maker = try Lane(Samples.attributes(suite))
        let sealed = try #require(maker.seal(Samples.packet()))
        let router = Node([IPAddress(v4: 198, 51, 100, 1)])
        try router.install([], policies: [Samples.anything(.bypass, .outbound)])
        let forwarded = try #require(router.receive(sealed).transmitted.first)
        #expect(maker.open(forwarded).map(hex) == hex(Samples.packet()))
    }

    @Test("two SAs of one packet: the outer one takes what the inner one sealed, and the other end undoes both")
    func bundle() throws {
        let inner = Samples.attributes(suite)
        var outer = Samples.attributes(AlgorithmSuite.allAH[0], .transport)
        outer.selectors = [TrafficSelector(source: .all(.v4), destination: .all(.v4), nextProtocol: IPProtocol.esp)]
        let (sender, receiver) = (Node([Samples.left4]), Node([Samples.right4, IPAddress(v4: 10, 2, 0, 2)]))
        for (node, direction) in [(sender, Direction.outbound), (receiver, .inbound)] {
            let associations = [Samples.association(inner, direction), Samples.association(outer, direction)]
            try node.install(
                associations,
                policies: [
                    Samples.protect(associations[1], name: "outer"),
                    Samples.protect(associations[0], name: "inner", selectors: [toRight]),
                ])
        }
        let sealed = try #require(sender.send(Samples.packet()).transmitted.first)
        #expect(sealed[9] == IPProtocol.ah && sealed[20] == IPProtocol.esp)
        #expect(receiver.receive(sealed).delivered.map(hex) == [hex(Samples.packet())])
    }

    @Test("the same addresses and SPI in another realm are another SA")
    func realms() throws {
        let red = try #require(Realm("red"))
        let maker = try Lane(Samples.attributes(suite))
        let sealed = try #require(maker.seal(Samples.packet()))
        #expect(maker.receiver.receive(sealed, realm: red).isEmpty)
        #expect(maker.open(sealed) != nil)
    }
}
