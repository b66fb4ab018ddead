import Foundation
import StrongSwan
import Testing

@Suite("VICI messages")
struct MessageTests {
    @Test("what charon and its client sent is read and written again, octet for octet", arguments: Recording.all)
    func recorded(recording: Recording) throws {
        for kind in ["sent", "received"] {
            let octets = try recording.octets(kind)
            let packets = try Recording.packets(octets)
            #expect(!packets.isEmpty)
            #expect(try packets.flatMap { try ViciSegments.segment($0) } == octets)
        }
    }

    @Test("what is read says what swanctl printed of it", arguments: Recording.printed)
    func printed(recording: Recording) throws {
        let command = try recording.sent().compactMap { packet in
            if case .commandRequest(let name, _) = packet { name } else { nil }
        }
        let lines = try recording.received().compactMap { packet -> String? in
            switch packet {
            case .event("control-log", let message): "log \(message)"
            case .event(let name, let message): "\(name) event \(message)"
            case .commandResponse(let answer): "\(try #require(command.first)) reply \(answer)"
            default: nil
            }
        }
        #expect(try recording.lines() == lines)
    }

    @Test(
        "octets that are no packet are refused, with what is wrong",
        arguments: [
            ([], .truncated(needed: 1, available: 0)),
            ([8], .unknownPacket(8)),
            ([2, 0], .trailing(octets: 1)),
            ([3, 2, 0x61], .truncated(needed: 2, available: 1)),
            ([3, 1, 0x61, 0x62], .trailing(octets: 1)),
            ([3, 1, 0xff], .badName),
            ([1, 7], .unknownElement(7)),
            ([1, 0], .unknownElement(0)),
            ([1, 2], .misplaced(.sectionEnd)),
            ([1, 5, 0, 0], .misplaced(.listItem)),
            ([1, 6], .misplaced(.listEnd)),
            ([1, 1, 1, 0x61], .unclosed(1)),
            ([1, 4, 1, 0x61], .unclosed(1)),
            ([1, 4, 1, 0x61, 3], .misplaced(.keyValue)),
            ([1, 4, 1, 0x61, 9], .unknownElement(9)),
            ([1, 3, 1, 0x61, 1], .truncated(needed: 1, available: 0)),
            ([1, 3, 1, 0x61, 1, 0, 0], .truncated(needed: 256, available: 1)),
            ([1, 4, 1, 0x61, 5, 0, 3, 1], .truncated(needed: 3, available: 1)),
        ] as [([UInt8], ViciError)])
    func malformed(octets: [UInt8], error: ViciError) {
        #expect(throws: error) { try ViciPacket(decoding: octets[...]) }
    }

    @Test("32 sections inside each other are read and written, 33 are not")
    func deep() throws {
        func nested(_ depth: Int) -> [UInt8] {
            (0..<depth).flatMap { _ in [1, 1, 0x61] as [UInt8] } + [UInt8](repeating: 2, count: depth)
        }
        let deepest = try ViciMessage(decoding: nested(32)[...])
        #expect(try deepest.encoded() == nested(32))
        #expect(throws: ViciError.tooDeep) { try ViciMessage(decoding: nested(33)[...]) }
        #expect(throws: ViciError.tooDeep) { try ViciMessage([ViciElement("a", .section(deepest))]).encoded() }
    }

    @Test("a name of 256 octets and a value of 65,536 cannot be said")
    func tooLong() {
        let name = String(repeating: "x", count: 256)
        #expect(throws: ViciError.tooLong(octets: 256, limit: 255)) { try ViciPacket.eventRegister(name).encoded() }
        let value = ViciElement("a", .value([UInt8](repeating: 0, count: 65_536)))
        #expect(throws: ViciError.tooLong(octets: 65_536, limit: 65_535)) { try ViciMessage([value]).encoded() }
    }

    @Test("a value, a list and a section may have the same name, and are found apart")
    func sameName() {
        let message = ViciMessage([
            ViciElement("up", .section(["name": "x"])), ViciElement("up", .list([Array("y".utf8)])),
            ViciElement("up", .value(Array("yes".utf8))),
        ])
        #expect(message.text("up") == "yes")
        #expect(message.list("up") == ["y"])
        #expect(message.section("up")?.text("name") == "x")
        #expect(message.text("down") == nil && message.list("down") == [] && message.section("down") == nil)
    }

    @Test("a packet of any shape is what it is read as")
    func anyShape() throws {
        var random = RandomMessages(seed: 0x5ca1e)
        for _ in 0..<2000 {
            let packet = random.packet()
            #expect(try ViciPacket(decoding: packet.encoded()[...]) == packet)
        }
    }

    @Test("changed octets are refused, or are exactly what they are read as", arguments: 0..<Self.blocks)
    func mutated(block: Int) throws {
        var random = RandomMessages(seed: UInt64(block))
        let recorded = try Recording.all.flatMap { try $0.sent() + $0.received() }.map { try $0.encoded() }
        var accepted = 0
        for round in 0..<10_000 {
            var octets = round % 2 == 0 ? recorded[random.below(recorded.count)] : try random.packet().encoded()
            for _ in 0...random.below(3) { random.change(&octets) }
            // What is refused is refused with a typed error: nothing else can be thrown.
            guard let packet = try? ViciPacket(decoding: octets[...]) else { continue }
            let again = try packet.encoded()
            if again != octets { Issue.record("round \(round) of block \(block)") }
            accepted += 1
        }
        #expect((500..<9500).contains(accepted), "accepted: \(accepted)")
    }

    /// Changed messages, in blocks of 10,000: 20,000, or with FERRY_NIGHTLY=1 1,000,000.
    private static let blocks = ProcessInfo.processInfo.environment["FERRY_NIGHTLY"] == "1" ? 100 : 2
}
