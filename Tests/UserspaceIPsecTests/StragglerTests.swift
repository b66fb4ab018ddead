import IPPackets
import IPsec
import Testing
import UserspaceIPsec

/// Packets that are slower than the moves of their SA.
@Suite("Stragglers")
struct StragglerTests {
    private let lab: MoveLab

    init() throws { lab = try MoveLab() }

    /// What the old gateway sends on for the new one: a packet from the mobile node, and a clear one from the host.
    private func stragglers() -> [EngineOutput] {
        let sealed = lab.mobile.send(Samples.packet(1, from: MoveLab.mobileInner, to: MoveLab.host)).transmitted
        let clear = Samples.packet(1, from: MoveLab.host, to: MoveLab.mobileInner)
        return (sealed + [clear]).flatMap { lab.old.receive($0) }
    }

    private func move(from old: Node, to new: Node, _ target: ForwardingTarget) throws {
        try new.expect(lab.identifiers, selectors: lab.selectors)
        let states = try old.quiesce(lab.identifiers, forwarding: target)
        lab.network.carry(try new.install(lab.moved(states), policies: lab.policies), from: "")
        lab.network.carry(old.remove(lab.identifiers, keepsForwarding: true), from: "")
    }

    private var arrived: [[Int]] { ["host", "mobile"].map { lab.network.numbers(at: $0) } }

    @Test("a straggler goes after an SA that has moved on meanwhile, also back to where it came from")
    func backAgain() throws {
        try move(from: lab.old, to: lab.new, MoveLab.toNew)
        let stragglers = stragglers()
        try move(from: lab.new, to: lab.old, MoveLab.toOld)
        lab.network.carry(stragglers, from: "old")
        #expect(arrived == [[1], [1]])
        #expect(lab.network.hops.map { "\($0) to \($1)" }.suffix(3).first == "new to old")
    }

    @Test("a straggler that comes from where the SA is moving to waits, and goes there when the SA did")
    func whileMoving() throws {
        try move(from: lab.old, to: lab.new, MoveLab.toNew)
        let stragglers = stragglers()
        try lab.old.expect(lab.identifiers, selectors: lab.selectors)
        let states = try lab.new.quiesce(lab.identifiers, forwarding: MoveLab.toOld)
        lab.network.carry(stragglers, from: "old")
        #expect(lab.new.heldCount == 2)
        lab.network.carry(try lab.old.install(lab.moved(states), policies: lab.policies), from: "old")
        #expect(arrived == [[], []])
        lab.network.carry(lab.new.remove(lab.identifiers, keepsForwarding: true), from: "new")
        #expect(arrived == [[1], [1]])
        #expect(lab.new.heldCount == 0)
    }

    @Test("a straggler that comes where the SA will be installed waits for it")
    func beforeInstall() throws {
        try move(from: lab.old, to: lab.new, MoveLab.toNew)
        let stragglers = stragglers()
        try move(from: lab.new, to: lab.old, MoveLab.toOld)
        try lab.new.expect(lab.identifiers, selectors: lab.selectors)
        lab.network.carry(stragglers, from: "old")
        #expect(lab.new.heldCount == 2)
        let states = try lab.old.quiesce(lab.identifiers, forwarding: MoveLab.toNew)
        lab.network.carry(try lab.new.install(lab.moved(states), policies: lab.policies), from: "new")
        #expect(arrived == [[1], [1]])
    }

    @Test("what the new gateway gives back early, and what still comes to it, waits at the old one for the cancel")
    func givenBack() throws {
        try lab.new.expect(lab.identifiers, selectors: lab.selectors)
        try lab.old.quiesce(lab.identifiers, forwarding: MoveLab.toNew)
        lab.up(1...2)
        lab.down(1...2)
        #expect(lab.new.heldCount == 4)
        lab.network.carry(lab.new.forget(lab.identifiers, returningTo: MoveLab.toOld), from: "new")
        lab.up(3...3)
        lab.down(3...3)
        #expect(lab.new.heldCount == 0)
        #expect(lab.old.heldCount == 6)
        #expect(arrived == [[], []])
        lab.network.carry(try lab.old.resume(lab.identifiers), from: "old")
        #expect(arrived == [[1, 2, 3], [1, 2, 3]])
    }

    @Test("a gateway keeps so many packets that were given back, and loses what is left when the SA ends")
    func bounded() throws {
        try lab.new.expect(lab.identifiers, selectors: lab.selectors)
        try lab.old.quiesce(lab.identifiers, forwarding: MoveLab.toNew)
        lab.network.carry(lab.new.forget(lab.identifiers, returningTo: MoveLab.toOld), from: "new")
        lab.up(1...300)
        #expect(lab.old.heldCount == 256)
        #expect(lab.old.counters.droppedInMove == 44)
        #expect(lab.old.remove(lab.identifiers, keepsForwarding: false).isEmpty)
        #expect(lab.old.counters.droppedInMove == 300)
    }

    @Test("a gateway that gave up an SA without a target sends the traffic of its own policies as before")
    func forgotten() throws {
        try lab.new.expect(lab.identifiers, selectors: lab.selectors)
        let clear = Samples.packet(1, from: MoveLab.host, to: MoveLab.mobileInner)
        #expect(lab.new.receive(clear).isEmpty)
        #expect(lab.new.forget(lab.identifiers, returningTo: nil).isEmpty)
        #expect(lab.new.receive(clear).transmitted.count == 1)
        #expect(lab.new.policies.map(\.name) == ["bypass out"])
    }

    @Test("an SA that came in force has the traffic of its policies, no longer all that waited for it")
    func installed() throws {
        try lab.new.expect(lab.identifiers, selectors: lab.selectors)
        let states = try lab.old.quiesce(lab.identifiers, forwarding: MoveLab.toNew)
        try lab.new.install(lab.moved(states), policies: [])
        let clear = Samples.packet(1, from: MoveLab.host, to: MoveLab.mobileInner)
        #expect(lab.new.receive(clear).transmitted.map { $0[9] } == [IPProtocol.udp])
    }

    @Test("what another gateway passed on in the clear never leaves in the clear")
    func noLeak() throws {
        try move(from: lab.old, to: lab.new, MoveLab.toNew)
        let stragglers = stragglers()
        lab.new.remove(lab.identifiers, keepsForwarding: false)
        lab.network.carry(stragglers, from: "old")
        #expect(arrived == [[], []])
        #expect(lab.new.counters.noAssociation == 2)
    }

    @Test("a packet that gateways send to and fro ends with the hop limit of their tunnels")
    func hopLimit() throws {
        try move(from: lab.old, to: lab.new, MoveLab.toNew)
        // The old gateway was never told.
        try lab.new.quiesce(lab.identifiers, forwarding: MoveLab.toOld)
        lab.new.remove(lab.identifiers, keepsForwarding: true)
        lab.network.carry(stragglers(), from: "old")
        #expect(lab.network.hops.count == 2 * 64)
        #expect(lab.new.counters.hopLimitReached + lab.old.counters.hopLimitReached == 2)
    }

    @Test("a straggler that more packets overtook than the replay window spans is refused", arguments: [63, 64])
    func overtaken(count: Int) throws {
        let late = lab.mobile.send(Samples.packet(1, from: MoveLab.mobileInner, to: MoveLab.host))
        try move(from: lab.old, to: lab.new, MoveLab.toNew)
        lab.route(to: "new")
        lab.up(2...(count + 1))
        lab.route(to: "old")
        lab.network.carry(late, from: "mobile")
        let isAccepted = count < 64
        #expect(lab.network.numbers(at: "host").count == (isAccepted ? count + 1 : count))
        #expect(lab.new.status(lab.uplink.identifier)?.counters.replays == (isAccepted ? 0 : 1))
    }
}
