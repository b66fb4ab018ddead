import IPsec
import Testing
import UserspaceIPsec

@Suite("The key exchange between daemons")
struct KeyExchangeTests {
    private static let gcm = AlgorithmSuite(esp: .aesGCM256)
    private static let cbc = AlgorithmSuite(esp: .aesCBC128, .hmacSHA1)

    private static func world(_ seed: UInt64) throws -> ExchangeWorld {
        let (gcm, cbc) = (try #require(gcm), try #require(cbc))
        return ExchangeWorld(seed: seed, suites: [gcm, cbc], accepted: [cbc, gcm])
    }

    private static func settle(_ world: inout ExchangeWorld) {
        var steps = 0
        while steps < 2_000, world.step(withFaults: false) { steps += 1 }
    }

    @Test("both ends have the same keys, of the suite that the initiator prefers")
    func agreed() throws {
        var world = try Self.world(1)
        Self.settle(&world)
        #expect(world.violation == nil)
        #expect(world.initiator.outcome == .renewed && world.responder.outcome == .renewed)
        #expect(world.initiator.new.count == 2)
        #expect(world.initiator.new == world.responder.new)
        #expect(world.initiator.new.values.allSatisfy { $0.suite == Self.gcm })
        #expect(Set(world.initiator.new.values.map { $0.encryptionKey.withOctets { Array($0) } }).count == 2)
    }

    @Test("a responder that cannot turn says so, and both go on with the old ones")
    func cannotTurn() throws {
        var world = try Self.world(1)
        world.responderTurns = false
        Self.settle(&world)
        #expect(world.initiator.outcome == .failed(.stack) && world.responder.outcome == .failed(.stack))
        #expect(world.initiator.new.isEmpty && world.responder.new.isEmpty)
        #expect(!world.initiator.sendsThroughNew && !world.responder.sendsThroughNew)
    }

    @Test("a responder does not wait for ever for an initiator that is gone, which then goes on with the old ones")
    func gone() throws {
        var world = try Self.world(1)
        while world.responder.new.isEmpty, world.step(withFaults: false) {}
        // Nothing that either says arrives any more.
        for _ in 0..<20 {
            world.messages = []
            if world.responder.hasDeadline { world.give(.deadlinePassed, toResponder: true) }
        }
        #expect(world.responder.outcome == .failed(.noAnswer) && world.responder.new.isEmpty)
        Self.settle(&world)
        #expect(world.initiator.outcome != .renewed && world.initiator.new.isEmpty && world.violation == nil)
    }

    /// An initiator that sends through the new SAs while nothing that the other end says arrives any more, for far longer than
    /// an operator is not told.
    private static func unanswered(_ world: inout ExchangeWorld, hears: Bool) {
        while !world.initiator.sendsThroughNew, world.step(withFaults: false) {}
        if hears { world.give(.received(.inUse), toResponder: true) }
        for _ in 0..<ExchangeTiming().endurance * 2 {
            world.messages = []
            for isResponder in [false, true] where (isResponder ? world.responder : world.initiator).hasDeadline {
                world.give(.deadlinePassed, toResponder: isResponder)
            }
        }
    }

    @Test("an initiator that hears nothing stays on the new SAs, which the other end may have alone, and says so once")
    func unconfirmed() throws {
        var world = try Self.world(1)
        Self.unanswered(&world, hears: true)
        // The responder has ended the old ones.
        #expect(world.responder.outcome == .renewed && !world.responder.hasDeadline)
        #expect(world.initiator.outcome == nil && world.initiator.sendsThroughNew && world.initiator.hasDeadline)
        #expect(world.initiator.alarms == 1)
        Self.settle(&world)
        #expect(world.violation == nil && !world.initiator.new.isEmpty && world.initiator.new == world.responder.new)
        #expect(world.initiator.outcome == .renewed && world.initiator.alarms == 1)
    }

    @Test("it goes back once it hears that the other end has not turned")
    func refused() throws {
        var world = try Self.world(1)
        Self.unanswered(&world, hears: false)
        #expect(world.initiator.sendsThroughNew && world.responder.outcome == .failed(.noAnswer))
        Self.settle(&world)
        #expect(world.initiator.outcome == .failed(.abandoned) || world.initiator.outcome == .failed(.noAnswer))
        #expect(world.initiator.alarms == 1)
        #expect(world.initiator.new.isEmpty && !world.initiator.sendsThroughNew && !world.initiator.hasDeadline)
    }

    @Test("it is asked ever less, for ever, and at least once a minute")
    func pauses() {
        let timing = ExchangeTiming()
        let pauses = [1, 10, 12, 14, 50, 51, 52, 53, 1_000_000].map(timing.pause)
        #expect(pauses == [0.5, 0.5, 2, 8, 8, 16, 32, 60, 60].map { .seconds($0) })
    }

    @Test("no common suite ends it, and nothing is installed")
    func weak() throws {
        let (gcm, cbc) = (try #require(Self.gcm), try #require(Self.cbc))
        var world = ExchangeWorld(seed: 1, suites: [gcm], accepted: [cbc])
        Self.settle(&world)
        #expect(world.initiator.outcome == .failed(.noCommonSuite))
        #expect(world.initiator.new.isEmpty && world.responder.new.isEmpty)
    }

    @Test("a changed message is not believed", arguments: 0..<6)
    func changed(kind: Int) throws {
        var world = try Self.world(3)
        var isChanged = false
        var steps = 0
        while steps < 200 {
            steps += 1
            if !isChanged, let first = world.messages.first, let other = Self.change(first.content, kind) {
                world.messages[0].content = other
                isChanged = true
            }
            guard world.step(withFaults: false) else { break }
        }
        #expect(isChanged && world.violation == nil)
        #expect(world.initiator.outcome == .failed(.notAuthentic) || world.initiator.outcome == .failed(.stack))
        #expect(world.initiator.new.isEmpty && world.responder.new.isEmpty)
    }

    private static func change(_ content: KeyExchangeMessage.Content, _ kind: Int) -> KeyExchangeMessage.Content? {
        switch (kind, content) {
        case (0, .hello(let identifiers, _)): return .hello(identifiers, EphemeralKey().share)
        case (1, .share): return .share(EphemeralKey().share)
        case (2, .share(let share)):
            // A public key of small order: the secret would be known.
            return KeyShare(nonce: share.nonce, publicKey: [UInt8](repeating: 0, count: 32)).map { .share($0) }
        case (3, .proposal(let proposals, let confirmation)):
            return .proposal(
                proposals.map { AssociationProposal(suites: Array($0.suites.reversed()), spi: $0.spi) },
                confirmation: confirmation)
        case (4, .choice(let choices, let confirmation)):
            let weak = choices.map { AssociationChoice(suite: cbc ?? $0.suite, spi: $0.spi) }
            return .choice(weak, confirmation: confirmation)
        case (5, .choice(let choices, _)):
            return .choice(choices, confirmation: [UInt8](repeating: 0, count: 32))
        default: return nil
        }
    }

    @Test("under loss, doubling, reordering and restarts both ends agree or neither has it", arguments: 0..<8)
    func faults(block: UInt64) throws {
        var (renewed, failed) = (0, 0)
        for seed in block * 250..<(block + 1) * 250 {
            var world = try Self.world(seed)
            for _ in 0..<Int.random(in: 0..<80, using: &world.generator) { _ = world.step(withFaults: true) }
            Self.settle(&world)
            #expect(world.violation == nil, "seed \(seed)")
            let (one, other) = (world.initiator, world.responder)
            if !one.isRestarted, !other.isRestarted {
                #expect(one.new == other.new, "seed \(seed): an end has what the other has not")
                #expect((one.outcome == .renewed) == (other.outcome == .renewed), "seed \(seed)")
            }
            if one.outcome == .renewed { renewed += 1 } else { failed += 1 }
        }
        #expect(renewed > 50 && failed > 20, "\(renewed) renewed, \(failed) failed")
    }

    @Test("no part of a machine shows a key")
    func secrecy() {
        let key = EphemeralKey()
        var text = ""
        dump(key, to: &text)
        #expect("\(key) \(text)".contains("ephemeral") && !text.contains("rawRepresentation"))
    }
}
