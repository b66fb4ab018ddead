import ContextTransfer
import IPsec
import Testing

@Suite("The wire form of a negotiation of keys")
struct KeyExchangeWireTests {
    @Test("every message comes back as it was", arguments: 0..<RandomMoves.exchangeCount)
    func roundTrip(kind: Int) throws {
        var random = RandomMoves(seed: UInt64(kind))
        for _ in 0..<200 {
            let message = random.exchange(kind)
            let octets = try message.encoded()
            #expect(KeyExchangeMessage.isType(of: octets))
            let decoded = try KeyExchangeMessage(decoding: octets)
            #expect(decoded == message)
            #expect(try decoded.encoded() == octets)
        }
    }

    @Test("a message cut short anywhere is refused")
    func truncated() throws {
        var random = RandomMoves(seed: 1)
        let octets = try random.exchange(2).encoded()
        for count in 0..<octets.count {
            #expect(throws: WireError.self) { try KeyExchangeMessage(decoding: Array(octets.prefix(count))) }
        }
    }

    @Test("a move's message is none")
    func move() throws {
        var random = RandomMoves(seed: 2)
        for kind in 0..<RandomMoves.messageCount {
            let octets = try random.envelope(kind).encoded()[0]
            #expect(!KeyExchangeMessage.isType(of: octets))
            #expect(throws: WireError.self) { try KeyExchangeMessage(decoding: octets) }
        }
        let octets = try random.exchange(0).encoded()
        #expect(throws: WireError.self) { try MoveEnvelope.decode(octets) }
    }
}
