import ContextTransfer
import IPsec
import Testing

@Suite("Changed messages")
struct MutationWireTests {
    @Test("a changed message is refused, or is exactly what it decodes to", arguments: 0..<Nightly.mutationBlocks)
    func mutated(block: Int) throws {
        var random = RandomMoves(seed: 0x4067 + UInt64(block))
        var (moves, negotiations, messages, requests) = (0, 0, 0, 0)
        for round in 0..<10_000 {
            var octets = try random.octets(round)
            for _ in 0...random.below(3) { try random.change(&octets) }
            // What is refused is refused with a typed error: nothing else can be thrown.
            if let envelope = try? MoveEnvelope.decode(octets) {
                let again = try envelope.encoded()
                if again != [octets] { Issue.record("a move's message of block \(block), round \(round)") }
                moves += 1
            }
            if let message = try? KeyExchangeMessage(decoding: octets) {
                let again = try message.encoded()
                if again != octets { Issue.record("a negotiation's message of block \(block), round \(round)") }
                negotiations += 1
            }
            if let message = try? RenewalMessage(decoding: octets) {
                let again = try message.encoded()
                if again != octets { Issue.record("a renewal's message of block \(block), round \(round)") }
                negotiations += 1
            }
            if let message = try? CXTPMessage(decoding: octets[...]) {
                let again = try message.encoded()
                if again != octets { Issue.record("a message of block \(block), round \(round)") }
                for block in Self.blocks(message) {
                    let again = try (try? AuthorizationBlock(block))?.encoded() ?? (try? SubjectBlock(block))?.encoded()
                    guard let again else { continue }
                    if again != block { Issue.record("a request's block of round \(round)") }
                    requests += 1
                }
                messages += 1
            }
        }
        #expect(
            moves > 500 && negotiations > 150 && messages > 2000 && requests > 30,
            "accepted of a move: \(moves), of a negotiation: \(negotiations), of RFC 4067: \(messages), blocks: \(requests)"
        )
    }

    /// What a request has beside its own fields.
    private static func blocks(_ message: CXTPMessage) -> [ContextDataBlock] {
        switch message {
        case .activateRequest(let request): request.requests
        case .transferRequest(let request): request.requests
        default: []
        }
    }
}
