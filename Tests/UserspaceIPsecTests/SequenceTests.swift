import IPsec
import Testing
import UserspaceIPsec

@Suite("Sequence numbers and windows")
struct SequenceTests {
    private let suite = AlgorithmSuite.allESP[0]

    @Test("a packet is accepted once, in any order within the window, and not left of it")
    func replay() throws {
        var attributes = Samples.attributes(suite)
        attributes.replayWindowSize = 64
        let lane = try Lane(attributes)
        let sealed = try (1...100).map { try #require(lane.seal(Samples.packet($0))) }
        // Number 100 first: 37 to 99 are within its window of 64, 36 is not.
        let order = [100, 37, 100, 36, 99, 37, 50, 1]
        let accepted = order.map { lane.open(sealed[$0 - 1]) != nil }
        #expect(accepted == [true, true, false, false, true, false, true, false])
        #expect(lane.counters?.replays == 4)
    }

    @Test("a packet with a wrong ICV does not move the window")
    func forged() throws {
        let lane = try Lane(Samples.attributes(suite))
        let sealed = try (1...3).map { try #require(lane.seal(Samples.packet($0))) }
        var forged = sealed[2]
        forged[26] = 0x7f  // the number becomes 0x7f03
        #expect(lane.open(forged) == nil)
        #expect(lane.open(sealed[0]) != nil)
        #expect(lane.receiver.associations().first?.association.state.window?.highest.value == 1)
    }

    @Test("without anti-replay a packet passes twice")
    func withoutWindow() throws {
        var attributes = Samples.attributes(suite)
        attributes.replayWindowSize = nil
        let lane = try Lane(attributes)
        let sealed = try #require(lane.seal(Samples.packet()))
        #expect(lane.open(sealed) != nil)
        #expect(lane.open(sealed) != nil)
    }

    @Test(
        "extended numbers cross 2^32 without a break, also out of order",
        arguments: [AlgorithmSuite.allESP[0], AlgorithmSuite.allESP[3], AlgorithmSuite.allAH[0]])
    func crossing(_ suite: AlgorithmSuite) throws {
        let start: UInt64 = 0xffff_fffa
        let window = try #require(ReplayWindow(size: 64, highest: SequenceNumber(start), bitmap: [1, 0]))
        let lane = try Lane(Samples.attributes(suite, extended: true), lastSent: start, window: window)
        let sealed = try (0..<10).map { try #require(lane.seal(Samples.packet($0))) }
        let order = [0, 6, 5, 1, 9, 2, 3, 4, 7, 8]
        let delivered = order.map { lane.open(sealed[$0]).map(hex) }
        #expect(delivered == order.map { hex(Samples.packet($0)) })
        let again = order.map { lane.open(sealed[$0]) }
        #expect(again.allSatisfy { $0 == nil })
        #expect(lane.receiver.associations().first?.association.state.window?.highest.value == start + 10)
    }

    @Test("a packet taken for one of another 2^32 fails its integrity check")
    func wrongHalf() throws {
        let sender = try Lane(Samples.attributes(suite, extended: true), lastSent: 0x3_0000_0000)
        let receiver = try Lane(Samples.attributes(suite, extended: true))
        let sealed = try #require(sender.seal(Samples.packet()))
        #expect(receiver.open(sealed) == nil)
        #expect(receiver.counters?.integrityFailures == 1)
    }

    @Test("the last number is sent, then the SA ends and sends nothing", arguments: [false, true])
    func overflow(_ extended: Bool) throws {
        let last = SequenceNumber.last(extended: extended).value
        let lane = try Lane(Samples.attributes(suite, extended: extended), lastSent: last - 2)
        #expect(lane.sender.send(Samples.packet()).transmitted.count == 1)
        let outputs = lane.sender.send(Samples.packet())
        #expect(outputs.transmitted.count == 1)
        #expect(outputs.events == [.ended(lane.outbound.identifier, .sequenceOverflow)])
        #expect(lane.sender.send(Samples.packet()).isEmpty)
        #expect(lane.sender.counters.noAssociation == 1)
        #expect(lane.sender.associations().first?.phase == .ended)
        #expect(lane.sender.associations().first?.association.state.lastSent.value == last)
    }
}
