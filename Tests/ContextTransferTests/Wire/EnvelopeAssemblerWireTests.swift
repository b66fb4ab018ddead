import ContextTransfer
import IPsec
import Testing

@Suite("An envelope in several messages")
struct EnvelopeAssemblerWireTests {
    /// A `prepare` of 1,000 SAs.
    private func large() throws -> MoveEnvelope {
        var random = RandomMoves(seed: 7)
        let small = random.envelope(1)
        let contexts = MoveContexts(
            associations: (0..<1000).map { _ in
                AssociationContext(association: random.association(), policies: [random.policy()])
            })
        return MoveEnvelope(
            id: small.id, subject: small.subject, route: small.route, sender: .source, receiver: .taker,
            message: .prepare(contexts))
    }

    @Test("parts put together are the envelope")
    func assembled() throws {
        let envelope = try large()
        let parts = try envelope.encoded()
        #expect(parts.count > 2)
        #expect(parts.allSatisfy { $0.count <= 65_535 })
        var assembler = EnvelopeAssembler()
        for part in parts.dropLast() {
            #expect(try assembler.add(part) == nil)
            #expect(assembler.isPending)
        }
        #expect(try assembler.add(try #require(parts.last)) == envelope)
        #expect(!assembler.isPending)
    }

    @Test("the context has the same size in one message, in several, and where none is sent")
    func contextSizes() throws {
        var random = RandomMoves(seed: 12)
        for envelope in [random.envelope(1), try large()] {
            let (messages, octets) = try envelope.written()
            #expect(try octets == envelope.contextOctets())
            #expect(try messages == envelope.encoded())
            #expect(octets < messages.reduce(0) { $0 + $1.count })
        }
    }

    @Test("a whole message passes through at once, and a part is no envelope by itself")
    func single() throws {
        var random = RandomMoves(seed: 8)
        let envelope = random.envelope(10)
        var assembler = EnvelopeAssembler()
        #expect(try assembler.add(try envelope.encoded()[0]) == envelope)
        let part = try large().encoded()[0]
        #expect(throws: WireError.isPart) { try MoveEnvelope.decode(part) }
    }

    @Test("parts left out, repeated, swapped or mixed with others are refused, and dropped")
    func disorder() throws {
        let parts = try large().encoded()
        var random = RandomMoves(seed: 9)
        let other = try random.envelope(4).encoded()[0]
        for sequence in [[parts[1]], [parts[0], parts[2]], [parts[0], parts[0]], [parts[0], other]] {
            var assembler = EnvelopeAssembler()
            for message in sequence.dropLast() { _ = try assembler.add(message) }
            #expect(throws: WireError.unexpectedPart) { try assembler.add(sequence[sequence.count - 1]) }
            #expect(!assembler.isPending)
        }
    }

    @Test("parts where one message would do are refused")
    func needless() throws {
        var random = RandomMoves(seed: 11)
        let small = random.envelope(4)
        let envelope = MoveEnvelope(
            id: small.id, subject: small.subject, route: small.route, sender: .taker, receiver: .source,
            message: .prepared([.accepted, .accepted]))
        guard case .extended(let whole) = try CXTPMessage(decoding: try envelope.encoded()[0][...]) else {
            Issue.record("`prepared` is an extension.")
            return
        }
        var assembler = EnvelopeAssembler()
        var identity = MoveIdentity(envelope)
        identity.part = MovePart(number: 0, isLast: false)
        var part = whole
        part.blocks = [try identity.encoded(), whole.blocks[1]]
        #expect(try assembler.add(try CXTPMessage.extended(part).encoded()) == nil)
        identity.part = MovePart(number: 1, isLast: true)
        part.blocks = [try identity.encoded(), whole.blocks[2]]
        let last = try CXTPMessage.extended(part).encoded()
        #expect(throws: WireError.unexpectedPart) { try assembler.add(last) }
    }

    @Test("changed parts are refused, or are exactly what they decode to")
    func mutated() throws {
        let parts = try large().encoded()
        var random = RandomMoves(seed: 12)
        var accepted = 0
        for _ in 0..<40 {
            var changed = parts
            let (part, place) = (random.below(parts.count), random.below(200))
            changed[part][random.maybe() ? place : random.below(changed[part].count)] ^= 1 << UInt8(random.below(8))
            var assembler = EnvelopeAssembler()
            var envelope: MoveEnvelope?
            do throws(WireError) {
                for message in changed { envelope = try assembler.add(message) }
            } catch {
                continue
            }
            #expect(try envelope?.encoded() == changed)
            accepted += 1
        }
        #expect(accepted > 2)
    }

    @Test("more than 65,536 SAs are an error")
    func tooMany() throws {
        var random = RandomMoves(seed: 10)
        let small = random.envelope(1)
        let envelope = MoveEnvelope(
            id: small.id, subject: small.subject, route: small.route, sender: .source, receiver: .taker,
            message: .prepared([Verdict](repeating: .accepted, count: 65_537)))
        #expect(throws: WireError.tooMany(.associations, limit: 65_536)) { try envelope.encoded() }
    }
}
