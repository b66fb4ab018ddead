import IPPackets
import IPsec
import Testing
import UserspaceIPsec

@Suite("Changed packets")
struct TamperTests {
    /// The bits that AH does not cover in the outer header, since routers change them.
    private func isMutable(_ bit: Int, _ packet: IPPacket) -> Bool {
        let index = bit / 8
        return packet.family == .v4
            ? [1, 6, 7, 8, 10, 11].contains(index) : index == 7 || (0...3).contains(index) && bit >= 4
    }

    @Test(
        "a packet with any one bit changed is refused and counted, and the right one still passes",
        arguments: AlgorithmSuite.allESP + AlgorithmSuite.allAH, AddressFamily.allCases)
    func oneBit(_ suite: AlgorithmSuite, _ family: AddressFamily) throws {
        let lane = try Lane(Samples.attributes(suite), outer: family)
        let packet = Samples.packet()
        let sealed = try #require(lane.seal(packet))
        let outer = try IPPacket(sealed)
        let start = suite.securityProtocol == .esp ? sealed.count - outer.payload.count : 0
        for bit in (start * 8)..<(sealed.count * 8) where start > 0 || !isMutable(bit, outer) {
            var changed = sealed
            changed[bit / 8] ^= 0x80 >> UInt8(bit % 8)
            let before = refused(lane)
            let outputs = lane.receiver.receive(changed)
            #expect(outputs.isEmpty, "bit \(bit)")
            #expect(refused(lane) == before + 1, "bit \(bit)")
        }
        #expect(lane.open(sealed).map(hex) == hex(packet))
    }

    /// All that the receiver refused, for any reason.
    private func refused(_ lane: Lane) -> UInt64 {
        let stack = lane.receiver.counters
        let association = lane.counters ?? SACounters()
        return stack.unknownSPI + stack.noPolicy + stack.malformed + stack.refusedTunnels + stack.unprotected
            + association.replays + association.integrityFailures + association.selectorMismatches
    }

    @Test("a packet that was cut short is refused", arguments: AlgorithmSuite.allESP + AlgorithmSuite.allAH)
    func cut(_ suite: AlgorithmSuite) throws {
        let lane = try Lane(Samples.attributes(suite))
        let sealed = try #require(lane.seal(Samples.packet()))
        let payload = try IPPacket(sealed).payload
        for count in 0..<payload.count {
            let cut = try IPPacket.build(
                from: Samples.left4, to: Samples.right4, nextProtocol: suite.securityProtocol.rawValue,
                payload: payload.prefix(count))
            let outputs = lane.receiver.receive(cut)
            #expect(outputs.isEmpty)
        }
    }

    @Test("padding that is not 1, 2, 3 is refused, but the number counts as received")
    func padding() throws {
        let suite = try #require(AlgorithmSuite(esp: .null, .hmacSHA256))
        // Transport mode with a payload that ends in what tunnel mode reads as a trailer of its own.
        let lane = try Lane(Samples.attributes(suite, .transport))
        let sealed = try #require(
            lane.seal(Samples.packet(from: Samples.left4, to: Samples.right4)))
        let tunnel = try Lane(Samples.attributes(suite))
        let refused = tunnel.receiver.receive(sealed)
        #expect(refused.isEmpty)
        #expect(tunnel.receiver.counters.malformed == 1)
        let again = tunnel.receiver.receive(sealed)
        #expect(again.isEmpty)
        #expect(tunnel.counters?.replays == 1)
    }

    @Test("another key opens nothing", arguments: AlgorithmSuite.allESP + AlgorithmSuite.allAH)
    func otherKey(_ suite: AlgorithmSuite) throws {
        let lane = try Lane(Samples.attributes(suite))
        var other = lane.outbound
        other.attributes.keys = Samples.keys(suite, seed: 77)
        let engine = Node([Samples.left4])
        try engine.install([other], policies: [Samples.protect(other)])
        let sealed = try #require(engine.send(Samples.packet()).transmitted.first)
        #expect(lane.open(sealed) == nil)
        #expect(lane.counters?.integrityFailures == 1)
    }
}
