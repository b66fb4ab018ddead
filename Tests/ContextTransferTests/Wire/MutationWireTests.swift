import ContextTransfer
import IPsec
import Testing

@Suite("Changed messages")
struct MutationWireTests {
    @Test("a changed message is refused, or is exactly what it decodes to", arguments: 0..<Nightly.mutationBlocks)
    func mutated(block: Int) throws {
        var random = RandomMoves(seed: 0x4067 + UInt64(block))
        var (moves, messages) = (0, 0)
        for round in 0..<10_000 {
            var octets = try random.octets(round)
            for _ in 0...random.below(3) { try mutate(&octets, &random) }
            // What is refused is refused with a typed error: nothing else can be thrown.
            if let envelope = try? MoveEnvelope.decode(octets) {
                let again = try envelope.encoded()
                if again != [octets] { Issue.record("a move's message of block \(block), round \(round)") }
                moves += 1
            }
            if let message = try? CXTPMessage(decoding: octets[...]) {
                let again = try message.encoded()
                if again != octets { Issue.record("a message of block \(block), round \(round)") }
                messages += 1
            }
        }
        #expect(moves > 500 && messages > 2000, "accepted of a move: \(moves), of RFC 4067: \(messages)")
    }

    private func mutate(_ octets: inout [UInt8], _ random: inout RandomMoves) throws {
        guard !octets.isEmpty else { return octets.append(0) }
        let place = random.below(octets.count)
        switch random.below(8) {
        case 0: octets[place] ^= 1 << UInt8(random.below(8))
        case 1: octets[place] = UInt8(random.below(256))
        case 2: octets[place] = random.pick([0, 1, 0x7f, 0x80, 0xff])
        case 3: octets.removeSubrange(place..<min(octets.count, place + 1 + random.below(8)))
        case 4: octets.insert(contentsOf: repeatElement(0, count: 1 + random.below(8)), at: place)
        case 5: octets.append(contentsOf: octets[place...].prefix(64))
        case 6: octets[place] &+= random.pick([1, 0xff])
        default:
            // The end of another message.
            let other = try random.octets(random.below(RandomMoves.octetsCount))
            octets.replaceSubrange(place..., with: other[min(place, other.count)...])
        }
        // Mostly with the right length, so that what is inside is read.
        guard octets.count >= 4, random.below(8) > 0 else { return }
        octets[2] = UInt8(truncatingIfNeeded: octets.count >> 8)
        octets[3] = UInt8(truncatingIfNeeded: octets.count)
    }
}
