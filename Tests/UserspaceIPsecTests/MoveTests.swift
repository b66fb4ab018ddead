import IPPackets
import IPsec
import Testing
import UserspaceIPsec

@Suite("Moves")
struct MoveTests {
    @Test(
        "a move under traffic loses nothing, delivers nothing twice, and lets stragglers go first",
        arguments: [AlgorithmSuite.allESP[0], AlgorithmSuite.allESP[3], AlgorithmSuite.allAH[0]], [false, true])
    func underTraffic(_ suite: AlgorithmSuite, _ isEncapsulated: Bool) throws {
        if suite.securityProtocol == .ah, isEncapsulated { return }
        let lab = try MoveLab(suite, udp: isEncapsulated)
        lab.up(1...10)
        lab.down(1...10)
        try lab.new.expect(lab.identifiers, selectors: lab.selectors)
        let states = try lab.old.quiesce(lab.identifiers, forwarding: MoveLab.toNew)
        #expect(states[lab.downlink.identifier]?.lastSent.value == 10)
        lab.up(11...15)  // on the old way: tunnelled on, and held
        lab.down(11...15)
        lab.route(to: "new")
        lab.up(16...20)  // on the new way: held
        lab.down(16...20)
        lab.route(to: "old")
        lab.up(21...22)  // still in flight to the old gateway
        lab.down(21...22)
        lab.route(to: "new")
        #expect(lab.network.numbers(at: "host") == Array(1...10))
        #expect(lab.new.heldCount == 24)
        lab.new.claim(MoveLab.virtual)
        let outputs = try lab.new.install(lab.moved(states), policies: lab.policies)
        lab.network.carry(outputs, from: "new")
        let order = Array(1...15) + [21, 22] + Array(16...20)
        #expect(lab.network.numbers(at: "host") == order)
        #expect(lab.network.numbers(at: "mobile") == order)
        lab.up(23...30)
        lab.down(23...30)
        #expect(lab.network.numbers(at: "host") == order + Array(23...30))
        #expect(lab.network.numbers(at: "mobile") == order + Array(23...30))
        #expect(lab.new.status(lab.downlink.identifier)?.association.state.lastSent.value == 30)
        #expect(lab.network.unroutable == 0 && lab.new.heldCount == 0)
        #expect(lab.old.counters.droppedInMove + lab.new.counters.droppedInMove == 0)
    }

    @Test("a packet that the old gateway accepted is not accepted again at the new one")
    func replay() throws {
        let lab = try MoveLab()
        let packet = Samples.packet(1, from: MoveLab.mobileInner, to: MoveLab.host)
        let sealed = lab.mobile.send(packet)
        lab.network.carry(sealed, from: "mobile")
        let states = try lab.old.quiesce(lab.identifiers, forwarding: MoveLab.toNew)
        try lab.new.install(lab.moved(states), policies: lab.policies)
        lab.network.carry(sealed, from: "mobile")  // by way of the old gateway
        lab.route(to: "new")
        lab.network.carry(sealed, from: "mobile")
        #expect(lab.network.numbers(at: "host") == [1])
        #expect(lab.new.status(lab.uplink.identifier)?.counters.replays == 2)
    }

    @Test("moving there, back and there again does not loop and loses nothing")
    func thereAndBack() throws {
        let lab = try MoveLab()
        var next = 1
        let gateways = [("old", lab.old, MoveLab.toOld), ("new", lab.new, MoveLab.toNew)]
        for step in 0..<4 {
            let (from, to) = (gateways[step % 2], gateways[(step + 1) % 2])
            lab.up(next...(next + 4))
            lab.down(next...(next + 4))
            try to.1.expect(lab.identifiers, selectors: lab.selectors)
            let states = try from.1.quiesce(lab.identifiers, forwarding: to.2)
            lab.up((next + 5)...(next + 6))
            lab.down((next + 5)...(next + 6))
            lab.network.carry(try to.1.install(lab.moved(states), policies: lab.policies), from: to.0)
            lab.up((next + 7)...(next + 7))  // still on the old way
            lab.down((next + 7)...(next + 7))
            from.1.remove(lab.identifiers, keepsForwarding: true)
            lab.up((next + 8)...(next + 8))  // still on the old way, where the SAs are gone
            lab.down((next + 8)...(next + 8))
            lab.route(to: to.0)
            next += 9
        }
        #expect(lab.network.numbers(at: "host") == Array(1..<next))
        #expect(lab.network.numbers(at: "mobile") == Array(1..<next))
        #expect(lab.old.policies.count == 3)
        #expect(lab.new.policies.count == 1)
    }

    @Test("after a cancel the old gateway goes on, with what the new one held")
    func cancel() throws {
        let lab = try MoveLab()
        lab.up(1...3)
        try lab.new.expect(lab.identifiers, selectors: lab.selectors)
        try lab.old.quiesce(lab.identifiers, forwarding: MoveLab.toNew)
        lab.up(4...6)
        lab.down(4...6)
        try lab.old.resume(lab.identifiers)
        lab.network.carry(lab.new.forget(lab.identifiers, returningTo: MoveLab.toOld), from: "new")
        lab.up(7...9)
        lab.down(7...9)
        #expect(lab.network.numbers(at: "host") == Array(1...9))
        #expect(lab.network.numbers(at: "mobile") == Array(4...9))
    }

    @Test("where nothing can be returned to, held packets are lost and counted")
    func forgotten() throws {
        let lab = try MoveLab()
        try lab.new.expect(lab.identifiers, selectors: lab.selectors)
        try lab.old.quiesce(lab.identifiers, forwarding: MoveLab.toNew)
        lab.up(1...3)
        #expect(lab.new.forget(lab.identifiers, returningTo: nil).isEmpty)
        #expect(lab.new.counters.droppedInMove == 3)
    }

    @Test("a gateway holds so many packets for an SA, the oldest, and counts the rest")
    func bounded() throws {
        let lab = try MoveLab()
        try lab.new.expect(lab.identifiers, selectors: lab.selectors)
        let states = try lab.old.quiesce(lab.identifiers, forwarding: MoveLab.toNew)
        lab.up(1...300)
        #expect(lab.new.heldCount == 256)
        #expect(lab.new.counters.droppedInMove == 44)
        lab.network.carry(try lab.new.install(lab.moved(states), policies: lab.policies), from: "new")
        #expect(lab.network.numbers(at: "host") == Array(1...256))
    }

    @Test("without a target a quiesced SA's packets are lost and counted")
    func withoutTarget() throws {
        let lab = try MoveLab()
        try lab.old.quiesce(lab.identifiers, forwarding: nil)
        lab.up(1...2)
        lab.down(1...3)
        #expect(lab.old.counters.droppedInMove == 5)
    }

    @Test("an IP tunnel from anybody but another gateway is refused")
    func strangers() throws {
        let lab = try MoveLab()
        let sealed = try #require(
            lab.mobile.send(Samples.packet(1, from: MoveLab.mobileInner, to: MoveLab.host)).transmitted.first)
        let forged = try IPPacket.tunnelled(IPPacket(sealed), from: MoveLab.mobileOuter, to: Samples.left4)
        #expect(lab.old.receive(forged).isEmpty)
        #expect(lab.old.counters.refusedTunnels == 1)
    }

    @Test("the traffic of an SA that left follows it, and never goes out in the clear")
    func noLeak() throws {
        let lab = try MoveLab()
        try lab.old.quiesce(lab.identifiers, forwarding: MoveLab.toNew)
        lab.old.remove(lab.identifiers, keepsForwarding: true)
        #expect(lab.old.policies.map(\.name) == ["bypass out"])
        let packet = Samples.packet(1, from: MoveLab.host, to: MoveLab.mobileInner)
        let forwarded = try #require(lab.old.receive(packet).transmitted.first)
        let outer = try IPPacket(forwarded)
        #expect(outer.destination == Samples.right4 && outer.nextProtocol == IPProtocol.ipv4)
        #expect(try outer.detunnelled()?.octets == packet)
    }

    @Test("an SA that is removed for good takes its policies with it")
    func removed() throws {
        let lab = try MoveLab()
        lab.old.remove(lab.identifiers, keepsForwarding: false)
        #expect(lab.old.associations().isEmpty)
        #expect(lab.old.policies.map(\.name) == ["bypass out"])
        lab.old.remove(lab.identifiers, keepsForwarding: false)
    }

    @Test("install takes all SAs or none")
    func allOrNothing() throws {
        let lab = try MoveLab()
        let other = Samples.association(lab.uplink.attributes, .inbound, spi: 0x3001)
        #expect(throws: StackError.identifierInUse(lab.uplink.identifier)) {
            try lab.old.install([other, lab.uplink])
        }
        #expect(throws: StackError.policyInUse("up")) {
            try lab.old.install([other], policies: [Samples.protect(other, name: "up")])
        }
        #expect(throws: StackError.noAssociation(other.identifier)) {
            try lab.old.quiesce([lab.uplink.identifier, other.identifier], forwarding: nil)
        }
        #expect(throws: StackError.wrongPhase(lab.uplink.identifier, .inForce)) {
            try lab.old.resume([lab.uplink.identifier])
        }
        #expect(throws: StackError.identifierInUse(lab.uplink.identifier)) {
            try lab.old.expect([lab.uplink.identifier])
        }
        #expect(lab.old.associations().map(\.phase) == [.inForce, .inForce])
    }

    @Test("what a stack lacks is said before anything is installed")
    func lacking() throws {
        let suite = AlgorithmSuite.allESP[0]
        let node = Node(EngineConfiguration(addresses: [], suites: [suite], capacity: 1))
        let other = Samples.association(Samples.attributes(AlgorithmSuite.allESP[1]), .inbound)
        #expect(throws: StackError.unsupported(other.identifier, "no \(AlgorithmSuite.allESP[1].name) here")) {
            try node.install([other])
        }
        var blind = Samples.association(Samples.attributes(suite), .inbound)
        blind.state.window = nil
        #expect(throws: StackError.unsupported(blind.identifier, "its replay window is missing")) {
            try node.install([blind])
        }
        #expect(node.capabilities.freeCapacity == 1)
        try node.install([Samples.association(Samples.attributes(suite), .inbound)])
        #expect(node.capabilities.freeCapacity == 0)
        #expect(throws: StackError.full(capacity: 1)) {
            try node.install([Samples.association(Samples.attributes(suite), .inbound, spi: 0x9999)])
        }
    }

    @Test("gateways with IPv6 between them forward IPv4 SAs, and the other way round", arguments: [false, true])
    func mixedFamilies(_ isReversed: Bool) throws {
        let (a, b) = isReversed ? (Samples.left4, Samples.right4) : (Samples.left6, Samples.right6)
        let attributes = Samples.attributes(AlgorithmSuite.allESP[0])
        let lane = try Lane(attributes, outer: isReversed ? .v6 : .v4)
        let old = Node([a, lane.inbound.identifier.destination], peers: [b])
        let new = Node([b], peers: [a])
        new.claim(IPAddress(v4: 10, 2, 0, 2))
        try old.install([lane.inbound], policies: [Samples.protect(lane.inbound)])
        let states = try old.quiesce([lane.inbound.identifier], forwarding: ForwardingTarget(address: b))
        #expect(states.count == 1)
        try new.install([lane.inbound], policies: [Samples.protect(lane.inbound)])
        let sealed = try #require(lane.seal(Samples.packet()))
        let tunnelled = try #require(old.receive(sealed).transmitted.first)
        #expect(new.receive(tunnelled).delivered.map(hex) == [hex(Samples.packet())])
    }
}
