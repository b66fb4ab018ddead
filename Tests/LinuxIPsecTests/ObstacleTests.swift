import CLinuxXfrm
import IPsec
import LinuxIPsec
import Testing

@Suite("Kernel SAs that cannot move")
struct ObstacleTests {
    private static let own = KernelWords.address(1)

    /// What is shown of an SA of iproute2's after a change of it.
    private func status(
        _ spi: UInt32 = 0x1234, policies: [XfrmPolicy] = [], _ change: (inout XfrmState) -> Void = { _ in }
    ) throws -> AssociationStatus {
        var state = try #require(try KernelWords.states()[spi])
        change(&state)
        let view = KernelView(states: [state], policies: policies, addresses: [Self.own])
        return try #require(view.associations.first).status(
            name: "a", user: "u", phase: .inForce, now: state.use.added)
    }

    @Test("one that can be carried has no obstacle, and its keys")
    func plain() throws {
        let status = try status()
        #expect(status.obstacle == nil && status.association.attributes.keys.encryptionKey.count == 20)
        #expect(status.particulars == ["request ID 1"])
    }

    @Test("what the kernel has of it is shown, with the reason why it stays, and without its keys")
    func shown() throws {
        let status = try status { state in
            state.mark = XfrmState.Mark(value: 5, mask: 0xff)
            state.interfaceID = 9
            state.offload = XfrmState.Offload(interface: 0xffff, flags: UInt8(XFRM_OFFLOAD_INBOUND))
            (state.outputMark, state.mode, state.padding) = (7, 4, 100)
            state.flags |= UInt8(XFRM_STATE_WILDRECV)
            state.unknown = [99: 4]
            state.replay.window = 8
        }
        #expect(status.obstacle == MoveObstacle(XfrmObstacle.unknownAttribute(99).description))
        #expect(status.obstacle?.endsWithRenewal == false)
        #expect(
            status.particulars == [
                "request ID 1", "mark 0x5/0xff", "gives mark 0x7/0xffffffff", "XFRM interface 9",
                "offload to interface 65535, inbound", "padded up to 100 octets", "mode beet", "flag wildrecv",
                "window of 8 packets", "unknown attribute 99, 4 octets",
            ])
        let attributes = status.association.attributes
        #expect(attributes.mode == .other && attributes.keys.suite.name.hasPrefix("aes-gcm-16-"))
        #expect(attributes.keys.encryptionKey.count == 0 && attributes.keys.integrityKey.count == 0)
    }

    @Test("algorithms that are not ours are shown by the kernel's names")
    func algorithms() throws {
        let status = try status { state in
            state.combined = nil
            state.encryption = XfrmAlgorithm(name: "cbc(camellia)", key: KeyMaterial(random: 32))
            state.authentication = XfrmAlgorithm(name: "xcbc(aes)", key: KeyMaterial(random: 16), icvBits: 96)
        }
        #expect(status.association.attributes.keys.suite.name == "cbc(camellia) 256 xcbc(aes) 128/96")
        #expect(
            status.obstacle?.reason
                == "its algorithm xcbc(aes), with a key of 128 bits and an ICV of 96 bits, is not supported")
    }

    private struct Change: Sendable {
        let reason: String
        let apply: @Sendable (inout XfrmPolicy) -> Void

        init(_ reason: String, _ apply: @escaping @Sendable (inout XfrmPolicy) -> Void) {
            (self.reason, self.apply) = (reason, apply)
        }
    }

    private static let changes = [
        Change("is for packets with a mark") { $0.mark = XfrmState.Mark(value: 1, mask: 1) },
        Change("belongs to an XFRM interface") { $0.interfaceID = 3 },
        Change("is a sub policy") { $0.type = 1 },
        Change("is a socket's own") { $0.direction += 3 },
        Change("has kernel flags 0x1") { $0.flags = 1 },
        Change("has an attribute of type 77, which is not known") { $0.unknown = [77: 2] },
        Change("also takes packets that are not protected") { $0.templates[0].isOptional = true },
        Change("has packets go through 2 transforms at once") { $0.templates.append($0.templates[0]) },
        Change("has an SA for each session") { $0.templates[0].share = 1 },
        Change("allows certain algorithms alone") { $0.templates[0].algorithms[0] = 2 },
        Change("has a lifetime of its own") { $0.lifetime.hardSeconds = 9 },
        Change("is for an interface") { $0.selector.interface = 2 },
        Change("is not shared by all") { $0.share = 1 },
    ]

    @Test("an SA is not moved whose policy would not be the same elsewhere", arguments: changes.indices)
    func policies(index: Int) throws {
        let change = Self.changes[index]
        var policy = try XfrmPolicy(try #require(try KernelWords.messages("policies").first).payload)
        // What comes in, and what goes on.
        func both(_ policy: XfrmPolicy) -> [XfrmPolicy] {
            var onwards = policy
            onwards.direction += 2
            return [policy, onwards]
        }
        #expect(try status(policies: both(policy)).obstacle == nil)
        change.apply(&policy)
        #expect(
            try status(policies: both(policy)).obstacle?.reason
                == "a policy that uses it \(change.reason), which cannot be carried")
        policy.templates = policy.templates.map { template in
            var other = template
            other.requestID = 4_711
            return other
        }
        #expect(try status(policies: both(policy)).obstacle == nil)
    }

    @Test("an SA is not moved where other packets come in than go on: there it would let both")
    func onwards() throws {
        let policy = try XfrmPolicy(try #require(try KernelWords.messages("policies").first).payload)
        var onwards = policy
        onwards.direction = 2
        var other = onwards
        other.priority += 1
        #expect(try status(policies: [policy, onwards]).obstacle == nil)
        for policies in [[policy], [onwards], [policy, other], [policy, onwards, other]] {
            #expect(
                try status(policies: policies).obstacle?.reason
                    == "a policy that uses it lets other packets in than go on to other interfaces, "
                    + "which cannot be carried")
        }
        var transport = policy
        transport.templates[0].mode = 0
        #expect(try status(policies: [transport]).obstacle == nil)
    }

    @Test("SAs of one name are shown once, the one without a mark, and none of them is moved")
    func names() throws {
        let plain = try #require(try KernelWords.states()[0x1234])
        var marked = plain
        (marked.mark, marked.requestID) = (XfrmState.Mark(value: 5, mask: 0xff), 9)
        for states in [[plain, marked], [marked, plain]] {
            let view = KernelView(states: states, policies: [], addresses: [Self.own])
            let found = try #require(view.associations.first)
            #expect(view.associations.count == 1 && found.state.mark == nil && found.obstacle == .sharedName)
        }
    }

    @Test("policies are listed in the kernel's order, those for what goes on and those of sockets as what they are")
    func listed() throws {
        let policy = try XfrmPolicy(try #require(try KernelWords.messages("policies").first).payload)
        var (forwarding, socket, last) = (policy, policy, policy)
        (forwarding.direction, forwarding.index) = (2, 10)
        (socket.direction, socket.index, socket.templates) = (4, 11, [])
        (last.index, last.priority) = (12, policy.priority + 1)
        let view = KernelView(
            states: Array(try KernelWords.states().values), policies: [socket, forwarding, last, policy],
            addresses: [Self.own])
        #expect(view.policies.map(\.way) == ["in", "in", "forward", "out"])
        #expect(view.policies.map(\.name) == ["in-\(policy.index)", "in-12", "fwd-10", "out-11"])
        #expect(view.policies.map(\.priority) == [77, 78, 77, 77])
        #expect(view.policies[0].particulars == ["template esp tunnel 10.0.0.2 → 10.0.0.1, request ID 1"])
        #expect(view.policies[3].particulars == ["of a socket"])
    }

    @Test(
        "an SA is renewed, and not moved, once the salts of its nonces might meet",
        arguments: [
            (0x1000_0000, 1, nil), (0x4000_0000, 1, nil), (0x4000_0001, 1, 2), (0x1000_0000, 3, nil),
            (0x1000_0001, 3, 4), (1, 510, nil), (1, 511, 512), (2, 65_535, 65_536), (UInt64.max, .max, .max),
        ] as [(UInt64, UInt32, UInt32?)])
    func nonces(lastSent: UInt64, installs: UInt32, refused: UInt32?) throws {
        let state = try #require(try KernelWords.states()[0x1234])
        var association = try SecurityAssociation(
            state, name: "a", user: "u", direction: .outbound, now: state.use.added)
        (association.state.lastSent, association.state.installs) = (SequenceNumber(lastSent), installs)
        let obstacle = refused.map { XfrmObstacle.nonces(installs: $0, lastSent: lastSent) }
        #expect(NonceRule.obstacle(association) == obstacle)
        #expect(obstacle?.obstacle.endsWithRenewal ?? true)
        association.direction = .inbound
        #expect(NonceRule.obstacle(association) == nil)
    }

    @Test("how often an SA was put in force and renamed is in the kernel's own SA")
    func past() throws {
        let state = try #require(try KernelWords.states()[0x1234])
        #expect(state.past == XfrmPast() && state.sequence == 0)
        var moved = try SecurityAssociation(
            state, name: "a", user: "u", direction: .inbound, now: state.use.added)
        (moved.state.installs, moved.state.renamings) = (7, 3)
        let again = try XfrmState(XfrmState(moved, requestID: 1, now: state.use.added).encoded[...])
        #expect(again.past == XfrmPast(installs: 7, renamings: 3))
        let read = try SecurityAssociation(
            again, name: "a", user: "u", direction: .inbound, now: state.use.added)
        #expect(read.state.installs == 7 && read.state.renamings == 3)
        #expect(again.particulars == ["request ID 1", "put in force 7 times"])
        var many = state
        many.past = XfrmPast(installs: 5_000, renamings: 5_000)
        #expect(many.past == XfrmPast(installs: 511, renamings: 511))
    }

    @Test("SAs of which the same is known have different numbers, by which the kernel finds them")
    func spread() throws {
        let state = try #require(try KernelWords.states()[0x1234])
        for step in [1, 2, 0x1_0001, 0x0123_4567] as [UInt32] {
            let numbers = (0..<2_000).map { index in
                var other = state
                other.spi = 0x1000_0000 &+ UInt32(index) &* step
                other.past = XfrmPast(installs: 2)
                return other.sequence
            }
            let largest = Dictionary(grouping: numbers) { $0 }.values.map(\.count).max() ?? 0
            #expect(largest <= 8, "\(largest) of 2,000 SAs whose SPIs differ by \(step) have one number")
        }
    }

    @Test("what only keeps the place of an SA that was asked for is none, and hides none")
    func larval() throws {
        var parked = try #require(try KernelWords.states()[0x1234])
        parked.mark = KernelView.parkedMark
        var larval = parked
        (larval.mark, larval.combined) = (nil, nil)
        #expect(larval.isLarval && !parked.isLarval)
        let view = KernelView(states: [larval, parked], policies: [], addresses: [Self.own])
        #expect(view.associations.count == 1 && view.associations.first?.isParked == true)
        #expect(view.associations.first?.obstacle == nil)
    }
}
