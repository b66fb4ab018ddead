import IPsec
import Testing
import UserspaceIPsec

@Suite("Lifetimes")
struct LifetimeTests {
    private let suite = AlgorithmSuite.allESP[0]

    private func lane(soft: Lifetime = .unlimited, hard: Lifetime = .unlimited) throws -> Lane {
        var attributes = Samples.attributes(suite)
        attributes.softLifetime = soft
        attributes.hardLifetime = hard
        return try Lane(attributes)
    }

    @Test(
        "the soft lifetime is told of once, and the SA works on",
        arguments: [
            Lifetime(packets: 2), Lifetime(bytes: 2 * 36), Lifetime(seconds: 2),
        ])
    func soft(_ lifetime: Lifetime) throws {
        let lane = try lane(soft: lifetime)
        let identifier = lane.outbound.identifier
        let outputs = (1...4).map { lane.sender.send(Samples.packet(), now: .seconds($0)) }
        #expect(outputs.allSatisfy { $0.transmitted.count == 1 })
        #expect(outputs.map(\.events) == [[], [.softLifetimeReached(identifier)], [], []])
        #expect(lane.sender.status(identifier)?.phase == .dying)
    }

    @Test(
        "the hard lifetime ends the SA, at both ends, and nothing passes afterwards",
        arguments: [
            Lifetime(packets: 2), Lifetime(bytes: 2 * 36), Lifetime(seconds: 3),
        ])
    func hard(_ lifetime: Lifetime) throws {
        let lane = try lane(hard: lifetime)
        let free = try self.lane()
        let identifier = lane.outbound.identifier
        let sealed = (1...4).map { free.seal(Samples.packet(), now: .seconds($0)) ?? [] }
        let sent = (1...4).map { lane.sender.send(Samples.packet(), now: .seconds($0)) }
        let received = zip(1..., sealed).map { lane.receiver.receive($1, now: .seconds($0)) }
        #expect(sent.map(\.transmitted.count) == [1, 1, 0, 0])
        #expect(received.map(\.delivered.count) == [1, 1, 0, 0])
        #expect(sent.flatMap(\.events) == [.ended(identifier, .hardLifetime)])
        #expect(received.flatMap(\.events) == [.ended(identifier, .hardLifetime)])
        #expect(lane.sender.status(identifier)?.phase == .ended)
    }

    @Test("lifetimes in seconds need no packet to end")
    func silent() throws {
        let lane = try lane(soft: Lifetime(seconds: 10), hard: Lifetime(seconds: 20))
        let identifier = lane.outbound.identifier
        #expect(lane.sender.nextDeadline == .seconds(10))
        #expect(lane.sender.expire(now: .seconds(9)).isEmpty)
        #expect(lane.sender.expire(now: .seconds(10)) == [.event(.softLifetimeReached(identifier))])
        #expect(lane.sender.nextDeadline == .seconds(20))
        #expect(lane.sender.expire(now: .seconds(25)) == [.event(.ended(identifier, .hardLifetime))])
        #expect(lane.sender.nextDeadline == nil)
    }

    @Test("an SA that comes with an age has only the rest of its lifetime")
    func age() throws {
        var attributes = Samples.attributes(suite)
        attributes.hardLifetime = Lifetime(seconds: 100)
        var association = Samples.association(attributes, .outbound)
        association.state.use.age = .seconds(70)
        let node = Node([Samples.left4])
        try node.install([association], now: .seconds(5))
        #expect(node.nextDeadline == .seconds(35))
        #expect(node.status(association.identifier, now: .seconds(15))?.association.state.use.age == .seconds(80))
        let state = try node.quiesce([association.identifier], forwarding: nil, now: .seconds(20))
        #expect(state[association.identifier]?.use.age == .seconds(85))
    }

    @Test("an SA whose lifetime ran out is not installed")
    func expired() throws {
        var attributes = Samples.attributes(suite)
        attributes.hardLifetime = Lifetime(packets: 5)
        var association = Samples.association(attributes, .outbound)
        association.state.use.packets = 5
        let node = Node([Samples.left4])
        #expect(throws: StackError.unsupported(association.identifier, "its hard lifetime is reached")) {
            try node.install([association])
        }
    }

    @Test("a lifetime that runs out in the pause ends the SA when it is resumed")
    func pause() throws {
        let lane = try lane(hard: Lifetime(seconds: 10))
        let identifier = lane.outbound.identifier
        try lane.sender.quiesce([identifier], forwarding: nil, now: .seconds(5))
        #expect(lane.sender.expire(now: .seconds(11)).isEmpty)
        let outputs = try lane.sender.resume([identifier], now: .seconds(12))
        #expect(outputs == [.event(.ended(identifier, .hardLifetime))])
    }
}
