import IPPackets
import IPsec
import LinuxIPsec
import Testing

@Suite("Kernel SAs whose gateway is told another name")
struct RenamingTests {
    private static let (own, old, new) = (KernelWords.address(1), KernelWords.address(2), KernelWords.address(3))

    /// An SA of a mobile node, which was renamed so often.
    private static func found(_ direction: Direction, _ spi: UInt32, renamings: UInt32 = 0) throws -> KernelView.Found {
        var state = try #require(try KernelWords.states()[0x1234])
        let ends = direction == .outbound ? (own, old) : (old, own)
        (state.source, state.destination, state.spi) = (ends.0, ends.1, spi)
        state.past = XfrmPast(installs: 1, renamings: renamings)
        let view = KernelView(states: [state], policies: [], addresses: [own])
        return try #require(view.associations.first)
    }

    private static func update(
        _ found: KernelView.Found, spi: UInt32? = nil, to address: IPAddress = new, order: UInt32 = 1
    ) throws -> GatewayUpdate {
        let spi = try #require(SPI(spi ?? found.state.spi))
        return GatewayUpdate(
            identifier: found.identifier, name: GatewayName(spi: spi, address: address), order: order)
    }

    /// What it comes to: the renamed SA, `nil` where it was done before.
    private static func result(
        _ update: GatewayUpdate, _ present: [KernelView.Found]
    ) throws(StackError) -> XfrmState? {
        let all = Dictionary(present.map { ($0.identifier, $0) }) { first, _ in first }
        switch try KernelRenaming.standing(update, all) {
        case .done: return nil
        case .next(let renaming): return renaming.renamed(renaming.found.state)
        }
    }

    @Test("the gateway's end alone changes, and it is counted")
    func next() throws {
        let (up, down) = (try Self.found(.outbound, 0x2001), try Self.found(.inbound, 0x2002, renamings: 4))
        let sent = try #require(try Self.result(try Self.update(up, spi: 0x3001), [up, down]))
        #expect(sent.source == Self.own && sent.destination == Self.new && sent.spi == 0x3001)
        #expect(sent.past == XfrmPast(installs: 2, renamings: 1))
        #expect(sent.replay == up.state.replay && sent.combined == up.state.combined && sent.use == up.state.use)
        let received = try #require(try Self.result(try Self.update(down, order: 5), [up, down]))
        #expect(received.source == Self.new && received.destination == Self.own && received.spi == 0x2002)
        #expect(received.past == XfrmPast(installs: 2, renamings: 5))
    }

    @Test("an update that was carried out is not carried out again")
    func again() throws {
        for direction in Direction.allCases {
            let before = try Self.found(direction, 0x2001)
            let update = try Self.update(before)
            let state = try #require(try Self.result(update, [before]))
            let after = try #require(
                KernelView(states: [state], policies: [], addresses: [Self.own]).associations.first)
            #expect(try Self.result(update, [after]) == nil)
            let later = try Self.update(before, order: 3)
            #expect(throws: StackError.outdated(update.identifier)) { try Self.result(later, [after]) }
        }
    }

    @Test("what is not the next, not there, or does not fit is refused")
    func refused() throws {
        let (up, down) = (try Self.found(.outbound, 0x2001), try Self.found(.inbound, 0x2002))
        let skipped = try Self.update(up, order: 2)
        #expect(throws: StackError.outdated(up.identifier)) { try Self.result(skipped, [up]) }
        let missing = try Self.update(up)
        #expect(throws: StackError.noAssociation(up.identifier)) { try Self.result(missing, [down]) }
        let otherSPI = try Self.update(down, spi: 0x3001)
        #expect(throws: StackError.unsupported(down.identifier, "an update that does not fit it")) {
            try Self.result(otherSPI, [down])
        }
        let otherFamily = try Self.update(up, to: try #require(IPAddress("fd00::1")))
        #expect(throws: StackError.unsupported(up.identifier, "an update that does not fit it")) {
            try Self.result(otherFamily, [up])
        }
        let taken = try Self.update(up, spi: 0x3001)
        var other = up.state
        (other.spi, other.destination) = (0x3001, Self.new)
        let occupant = try #require(
            KernelView(states: [other], policies: [], addresses: [Self.own]).associations.first)
        #expect(throws: StackError.identifierInUse(occupant.identifier)) { try Self.result(taken, [up, occupant]) }
    }

    @Test("an SA is not renamed that would not be the same afterwards, whatever cannot be carried elsewhere")
    func obstacles() throws {
        func obstacle(_ change: (inout XfrmState) -> Void) throws -> XfrmObstacle? {
            var state = try Self.found(.outbound, 0x2001).state
            change(&state)
            let found = try #require(
                KernelView(states: [state], policies: [], addresses: [Self.own]).associations.first)
            let present = [found.identifier: found]
            guard case .next(let renaming) = try KernelRenaming.standing(try Self.update(found), present) else {
                return nil
            }
            return renaming.obstacle
        }
        #expect(try obstacle { $0.flags |= 8 } == nil)
        #expect(try obstacle { $0.unknown = [99: 4] } == .unknownAttribute(99))
        #expect(try obstacle { $0.offload = XfrmState.Offload(interface: 1, flags: 0) } == .offload)
        #expect(try obstacle { $0.combined?.key = KeyMaterial(octets: [0, 0]) } == .hiddenKey)
        #expect(
            try obstacle { ($0.replay.lastSent, $0.past.installs) = (1 << 31, 3) }
                == .nonces(installs: 4, lastSent: 1 << 31))
    }

    @Test("policies follow the SA of their own direction, and protect again where they barred")
    func policies() throws {
        var policy = try XfrmPolicy(try #require(try KernelWords.messages("policies").first).payload)
        let (up, down) = (try Self.found(.outbound, 0x2001), try Self.found(.inbound, 0x2002))
        let turns = try [up, down].map { found in
            let state = try #require(try Self.result(try Self.update(found), [found]))
            return PolicyTurn(from: found.state, found.direction, to: state)
        }
        var outbound = policy
        (outbound.direction, outbound.action, outbound.templates[0].spi) = (1, 1, 0x2001)
        var other = policy
        other.templates[0].requestID = 9
        policy.direction = 2
        let turned = PolicyTurn.turned([policy, outbound, other], by: turns, unbars: true)
        #expect(turned.map(\.direction) == [2, 1] && turned.map(\.action) == [0, 0])
        let ends = turned.map { [$0.templates[0].source, $0.templates[0].destination] }
        #expect(ends == [[Self.new, Self.own], [Self.own, Self.new]])
        #expect(turned.map { $0.templates[0].spi } == [0, 0x2001])
        #expect(PolicyTurn.turned(turned, by: turns, unbars: true).isEmpty)
    }

    @Test("what comes under an old name is given to the kernel under the new one, until that is over")
    func stragglers() throws {
        let spi: SPI = try #require(SPI(0x1234))
        let names = [Self.old, Self.new].map {
            SAIdentifier(spi: spi, destination: $0, securityProtocol: .esp)
        }
        func esp(to destination: IPAddress) throws -> [UInt8] {
            try IPPacket.build(
                from: KernelWords.address(9), to: destination, nextProtocol: 50,
                payload: [0, 0, 0x12, 0x34, 0, 0, 0, 7] + [UInt8](repeating: 9, count: 24))
        }
        func udp(to destination: IPAddress) throws -> [UInt8] {
            try IPPacket.udp(
                from: KernelWords.address(9), to: destination, ports: UDPHeader(source: 4_500, destination: 4_500),
                content: [0, 0, 0x12, 0x34, 0, 0, 0, 7] + [UInt8](repeating: 9, count: 24))
        }
        var traffic = HeldTraffic()
        let time = KernelTime(nanoseconds: 1_000_000_000)
        traffic.close([PacketWay(identifier: names[1], refusesCopies: true)])
        traffic.adopt([names[0]: names[1]])
        #expect(traffic.arrived(passedOn: try esp(to: Self.old), at: time).isEmpty)
        #expect(
            traffic.open([names[1]], at: time.later(milliseconds: 1))
                == [.inject(try esp(to: Self.new), .receive)])
        // ESP in UDP needs no checksum over IPv4; the header's own is right.
        let late = traffic.arrived(passedOn: try udp(to: Self.old), at: time.later(milliseconds: 2))
        guard case .inject(let octets, .receive)? = late.first else {
            Issue.record("it is not given to the kernel")
            return
        }
        let packet = try IPPacket(octets)
        #expect(packet.destination == Self.new && packet.payload.dropFirst(6).prefix(2).allSatisfy { $0 == 0 })
        #expect(try packet.payload.dropFirst(8) == IPPacket(try udp(to: Self.new)).payload.dropFirst(8))
        traffic.retireOldNames(of: [names[1]], at: time.later(milliseconds: 10))
        #expect(
            traffic.arrived(passedOn: try esp(to: Self.old), at: time.later(milliseconds: 9))
                == [.inject(try esp(to: Self.new), .receive)])
        #expect(
            traffic.arrived(passedOn: try esp(to: Self.old), at: time.later(milliseconds: 10))
                == [.inject(try esp(to: Self.old), .receive)])
    }

    @Test("a stack that knows ESP's addresses alone takes no other SPI, and nothing of AH, under an old name")
    func capabilities() throws {
        var capabilities = StackCapabilities(
            suites: [], modes: [], extendedSequenceNumbers: true, largestReplayWindow: 64, freeCapacity: 1,
            egressMTU: 1_500)
        func name(_ spi: UInt32, _ address: IPAddress, _ securityProtocol: SecurityProtocol) throws -> SAIdentifier {
            SAIdentifier(spi: try #require(SPI(spi)), destination: address, securityProtocol: securityProtocol)
        }
        for (securityProtocol, spi, isTaken) in [
            (SecurityProtocol.esp, 0x2001, true), (.esp, 0x2002, false), (.ah, 0x2001, false),
        ] as [(SecurityProtocol, UInt32, Bool)] {
            let (old, new) = (
                try name(0x2001, Self.old, securityProtocol), try name(spi, Self.new, securityProtocol)
            )
            capabilities.oldNames = .any
            #expect(capabilities.takes(old, as: new))
            capabilities.oldNames = .addressesOfESP
            #expect(capabilities.takes(old, as: new) == isTaken)
        }
    }
}
