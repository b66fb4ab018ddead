import IPsec
import Synchronization
import Testing
import UserspaceIPsec

@Suite("The key exchange at its daemon", .timeLimit(.minutes(1)))
struct NegotiatingTests {
    /// What one end told its daemon of new SAs, in order.
    private final class Diary: Sendable {
        enum Line: Equatable { case unsettled, settled }
        private let lines = Mutex<[Line]>([])
        var all: [Line] { lines.withLock { $0 } }
        func add(_ line: Line) { lines.withLock { $0.append(line) } }
    }

    private struct End {
        let name: String
        let stack = FakeStack()
        let diary = Diary()
        let incoming = AsyncStream.makeStream(of: KeyExchangeMessage.self)

        /// - Parameter losing: whether what it says is lost.
        func exchange(
            with other: End, timing: ExchangeTiming = ExchangeTiming(),
            losing: @escaping @Sendable (KeyExchangeMessage.Content) -> Bool = { _ in false }
        ) -> X25519KeyExchange {
            X25519KeyExchange(
                KeyExchangeSite(
                    node: name, stack: stack, incoming: incoming.stream,
                    send: { [continuation = other.incoming.continuation] in
                        if !losing($0.content) { continuation.yield($0) }
                    },
                    objection: { _, _ in nil }, profile: { UserProfile(user: $0) },
                    unsettled: { [diary] _ in diary.add(.unsettled) }, settled: { [diary] _ in diary.add(.settled) }),
                timing: timing)
        }
    }

    /// The SAs as the initiator has them.
    private static func associations() throws -> [SecurityAssociation] {
        let (here, there) = (IPAddress(v4: 192, 0, 2, 1), IPAddress(v4: 192, 0, 2, 2))
        let suite = try #require(AlgorithmSuite(esp: .aesGCM256))
        let (up, down) = (try #require(SPI(0x1001)), try #require(SPI(0x2001)))
        return [(here, there, Direction.outbound, up), (there, here, .inbound, down)].map { from, to, direction, spi in
            SecurityAssociation(
                name: direction.name, user: "MN",
                identifier: SAIdentifier(spi: spi, destination: to, securityProtocol: .esp), source: from,
                direction: direction, attributes: StaticAttributes(mode: .tunnel, keys: KeyedSuite(random: suite)))
        }
    }

    /// Two ends that have the SAs.
    private static func ends() async throws -> (End, End) {
        let (one, two) = (End(name: "A"), End(name: "B"))
        let associations = try associations()
        try await one.stack.install(associations, policies: [])
        try await two.stack.install(
            associations.map { association in
                var mirrored = association
                mirrored.direction = association.direction == .inbound ? .outbound : .inbound
                return mirrored
            }, policies: [])
        return (one, two)
    }

    @Test("new SAs are unsettled from before they are there until both ends use them")
    func settled() async throws {
        let (one, two) = try await Self.ends()
        let (initiator, responder) = (one.exchange(with: two), two.exchange(with: one))
        let templates = try Self.associations().map(AssociationTemplate.init)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await initiator.run() }
            group.addTask { await responder.run() }
            #expect((try? await initiator.renew(Self.order(templates)))?.count == 2)
            group.cancelAll()
        }
        #expect(one.diary.all == [.unsettled, .settled])
        #expect(two.diary.all == [.unsettled, .settled])
    }

    @Test("they stay unsettled at an end that does not hear that the other one uses them")
    func unsettled() async throws {
        let (one, two) = try await Self.ends()
        let (words, telling) = AsyncStream.makeStream(of: Void.self)
        let initiator = one.exchange(with: two) { content in
            guard content == .inUse else { return false }
            telling.yield()
            return true
        }
        let responder = two.exchange(with: one)
        let templates = try Self.associations().map(AssociationTemplate.init)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await initiator.run() }
            group.addTask { await responder.run() }
            group.addTask { _ = try? await initiator.renew(Self.order(templates)) }
            _ = await words.first { _ in true }
            #expect(one.diary.all == [.unsettled])
            #expect(two.diary.all == [.unsettled])
            group.cancelAll()
        }
    }

    @Test("what cannot be taken away stays unsettled: no move may take it")
    func stuck() async throws {
        let (one, two) = try await Self.ends()
        two.stack.keepPolicies()
        let (initiator, responder) = (one.exchange(with: two), two.exchange(with: one))
        let templates = try Self.associations().map(AssociationTemplate.init)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await initiator.run() }
            group.addTask { await responder.run() }
            #expect((try? await initiator.renew(Self.order(templates))) == nil)
            group.cancelAll()
        }
        #expect(one.diary.all == [.unsettled, .settled])
        #expect(one.stack.now.associations.count == 2)
        #expect(two.diary.all == [.unsettled])
        #expect(two.stack.now.associations.count == 4)
    }

    @Test("an end that does not hear that the new SAs are used says so, keeps them, and goes on once it hears it")
    func unanswered() async throws {
        let (one, two) = try await Self.ends()
        var timing = ExchangeTiming()
        (timing.retry, timing.endurance, timing.linger) = (.milliseconds(1), 3, .milliseconds(1))
        let isCut = Mutex(true)
        let initiator = one.exchange(with: two, timing: timing)
        timing.retry = .milliseconds(500)
        let responder = two.exchange(with: one, timing: timing) { content in
            content == .usedToo && isCut.withLock { $0 }
        }
        let templates = try Self.associations().map(AssociationTemplate.init)
        let old = Set(templates.map(\.replaces))
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await initiator.run() }
            group.addTask { await responder.run() }
            async let renewals = initiator.renew(Self.order(templates))
            let ended = await responder.events.first { if case .ended = $0 { true } else { false } }
            let doubt = await initiator.events.first { if case .began = $0 { false } else { true } }
            guard case .ended(let gone) = ended, case .unconfirmed(let told, with: "B") = doubt else {
                Issue.record("\(String(describing: ended)), \(String(describing: doubt))")
                return group.cancelAll()
            }
            // The other end has the new ones alone; they are not taken away here.
            #expect(Set(gone) == old && Set(told.map(\.old)) == old)
            #expect(Set(told.map(\.new)).isSubset(of: one.stack.now.associations.keys))
            #expect(one.diary.all == [.unsettled])
            isCut.withLock { $0 = false }
            #expect((try? await renewals) == told)
            group.cancelAll()
        }
        #expect(one.diary.all == [.unsettled, .settled])
    }

    private static func order(_ templates: [AssociationTemplate]) -> RenewalOrder {
        RenewalOrder(peer: "B", associations: templates, profile: UserProfile(user: "MN"))
    }
}
