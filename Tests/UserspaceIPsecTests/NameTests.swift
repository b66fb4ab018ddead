import IPsec
import Testing
import UserspaceIPsec

/// An SA that moves gets another SPI and its new gateway's address, and its far end is told.
@Suite("New names")
struct NameTests {
    private static let name = GatewayName(spi: Samples.spi(0xbeef), address: Samples.right4)

    /// The SA to the gateway, with its new name, as the new gateway has it.
    private static func renamed(_ lab: MoveLab, _ states: [SAIdentifier: DynamicAttributes]) -> [SecurityAssociation] {
        lab.moved(states).map { association in
            let spi = association.direction == .inbound ? name.spi : association.identifier.spi
            var renamed = association.named(GatewayName(spi: spi, address: name.address))
            renamed.state.renamings += 1
            return renamed
        }
    }

    private static func updates(_ lab: MoveLab, order: UInt32 = 1) -> [GatewayUpdate] {
        let down = GatewayName(spi: lab.downlink.identifier.spi, address: name.address)
        return [
            GatewayUpdate(identifier: lab.uplink.identifier, name: name, order: order),
            GatewayUpdate(identifier: lab.downlink.identifier, name: down, order: order),
        ]
    }

    /// Moves both SAs to the new gateway, under new names of which the mobile node knows nothing yet.
    private static func move(_ lab: MoveLab) throws -> [SecurityAssociation] {
        let identifiers = [lab.uplink.identifier.named(name), lab.downlink.identifier]
        try lab.new.expect(identifiers, selectors: lab.selectors)
        lab.new.adopt([lab.uplink.identifier: identifiers[0]])
        let states = try lab.old.quiesce(lab.identifiers, forwarding: MoveLab.toNew)
        let renamed = renamed(lab, states)
        lab.up(11...12)  // under the old name: tunnelled on, and held
        let policies = zip(lab.policies, renamed).map { policy, association in
            var policy = policy
            policy.association = association.identifier
            return policy
        }
        lab.network.carry(try lab.new.install(renamed, policies: policies), from: "new")
        lab.old.remove(lab.identifiers, keepsForwarding: true)
        lab.network.routes[MoveLab.mobileInner] = "new"
        return renamed
    }

    @Test(
        "numbers and windows go on under the new name, and nothing is lost",
        arguments: [AlgorithmSuite.allESP[0], AlgorithmSuite.allESP[3], AlgorithmSuite.allAH[0]])
    func goesOn(_ suite: AlgorithmSuite) throws {
        let lab = try MoveLab(suite)
        lab.up(1...10)
        lab.down(1...10)
        let renamed = try Self.move(lab)
        lab.up(13...15)  // still under the old name
        lab.down(11...15)
        try lab.mobile.update(Self.updates(lab))
        lab.up(16...20)
        lab.down(16...20)
        #expect(lab.network.numbers(at: "host") == Array(1...20))
        #expect(lab.network.numbers(at: "mobile") == Array(1...20))
        let sender = lab.mobile.status(renamed[0].identifier)
        #expect(sender?.association.state.lastSent.value == 20)
        #expect(sender?.association.state.renamings == 1)
        #expect(lab.mobile.status(lab.uplink.identifier) == nil)
        #expect(lab.new.status(renamed[0].identifier)?.counters.packets == 10)
    }

    @Test("a packet is not accepted a second time under the other name")
    func oneWindow() throws {
        let lab = try MoveLab()
        let sealed = lab.mobile.send(Samples.packet(1, from: MoveLab.mobileInner, to: MoveLab.host))
        lab.network.carry(sealed, from: "mobile")
        let renamed = try Self.move(lab)
        lab.network.carry(sealed, from: "mobile")
        try lab.mobile.update(Self.updates(lab))
        lab.network.carry(sealed, from: "mobile")
        #expect(lab.network.numbers(at: "host") == [1, 11, 12])
        #expect(lab.new.status(renamed[0].identifier)?.counters.replays == 2)
    }

    @Test("the old name is forgotten when no packet that bears it can be under way any more")
    func retired() throws {
        let lab = try MoveLab()
        let renamed = try Self.move(lab)
        lab.new.retireOldNames(of: renamed.map(\.identifier), now: .seconds(1))
        for (number, second) in [(1, 2), (2, 4)] {
            let sealed = lab.mobile.send(Samples.packet(number, from: MoveLab.mobileInner, to: MoveLab.host))
            lab.network.carry(sealed, from: "mobile", now: .seconds(second))
        }
        #expect(lab.network.numbers(at: "host") == [11, 12, 1])
    }

    @Test("an update that comes again changes nothing, and one that is older or too new is refused")
    func order() throws {
        let lab = try MoveLab()
        let first = Self.updates(lab)
        try lab.mobile.update(first)
        try lab.mobile.update(first)
        let back = [
            GatewayUpdate(
                identifier: lab.uplink.identifier.named(Self.name),
                name: GatewayName(spi: lab.uplink.identifier.spi, address: MoveLab.virtual), order: 2)
        ]
        try lab.mobile.update(back)
        #expect(lab.mobile.status(lab.uplink.identifier)?.association.state.renamings == 2)
        // The first comes late: its old name is that of the SA again, and its time is over.
        #expect(throws: StackError.outdated(lab.uplink.identifier)) { try lab.mobile.update(first) }
        let skipping = [GatewayUpdate(identifier: lab.uplink.identifier, name: Self.name, order: 4)]
        #expect(throws: StackError.outdated(lab.uplink.identifier)) { try lab.mobile.update(skipping) }
        #expect(lab.mobile.status(lab.uplink.identifier)?.association.state.renamings == 2)
    }

    @Test("all SAs of an update are renamed, or none")
    func allOrNone() throws {
        let lab = try MoveLab()
        let unknown = SAIdentifier(
            spi: Samples.spi(0x9999), destination: MoveLab.virtual, securityProtocol: .esp)
        let updates = Self.updates(lab) + [GatewayUpdate(identifier: unknown, name: Self.name, order: 1)]
        #expect(throws: StackError.noAssociation(unknown)) { try lab.mobile.update(updates) }
        #expect(lab.mobile.status(lab.uplink.identifier)?.association.state.renamings == 0)
        #expect(lab.mobile.status(lab.downlink.identifier)?.association.source == MoveLab.virtual)
    }
}
