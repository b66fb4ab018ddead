import ContextTransfer
import IPsec
import Testing

@Suite("The wire form of SAs that are negotiated anew")
struct RenewalWireTests {
    @Test("every message comes back as it was", arguments: 0..<RandomMoves.renewalCount)
    func roundTrip(kind: Int) throws {
        var random = RandomMoves(seed: UInt64(kind))
        for _ in 0..<200 {
            let message = random.renewal(kind)
            let octets = try message.encoded()
            #expect(RenewalMessage.isType(of: octets) && !KeyExchangeMessage.isType(of: octets))
            let decoded = try RenewalMessage(decoding: octets)
            #expect(decoded == message)
            #expect(try decoded.encoded() == octets)
        }
    }

    @Test("a new SA without the old one is refused")
    func halfSuccession() throws {
        var random = RandomMoves(seed: 1)
        let (new, old) = (random.identifier(), random.identifier())
        let content = RenewalMessage.Content.succession([Succession(new: new, old: old)])
        var octets = try RenewalMessage(
            id: MoveID(1), sender: random.nodeName(), receiver: random.nodeName(), content: content
        ).encoded()
        guard case .extended(var message) = try CXTPMessage(decoding: octets[...]) else {
            Issue.record("it is no message of ours")
            return
        }
        message.blocks.removeLast()
        octets = try CXTPMessage.extended(message).encoded()
        #expect(throws: WireError.missing(.spi)) { try RenewalMessage(decoding: octets) }
    }

    @Test("a message cut short anywhere is refused", arguments: [1, 2])
    func truncated(kind: Int) throws {
        var random = RandomMoves(seed: 1)
        let octets = try random.renewal(kind).encoded()
        for count in 0..<octets.count {
            #expect(throws: WireError.self) { try RenewalMessage(decoding: Array(octets.prefix(count))) }
        }
    }
}
