import ContextTransfer
import ForwardingPath
import IPsec
import Testing

@Suite("The wire form of a move's messages")
struct MoveEnvelopeWireTests {
    @Test("every message comes back as it was", arguments: 0..<RandomMoves.messageCount)
    func roundTrip(kind: Int) throws {
        var random = RandomMoves(seed: UInt64(kind))
        for _ in 0..<200 {
            let envelope = random.envelope(kind)
            let messages = try envelope.encoded()
            try #require(messages.count == 1)
            let decoded = try MoveEnvelope.decode(messages[0])
            #expect(decoded == envelope)
            #expect(try decoded.encoded() == messages)
        }
    }

    @Test("a message cut short anywhere is refused")
    func truncated() throws {
        var random = RandomMoves(seed: 1)
        let octets = try random.envelope(1).encoded()[0]
        for count in 0..<octets.count {
            #expect(throws: WireError.self) { try MoveEnvelope.decode(Array(octets.prefix(count))) }
        }
    }

    static func tunnel() throws -> SecurityAssociation {
        let suite = try #require(AlgorithmSuite(esp: .aesGCM256))
        var attributes = StaticAttributes(mode: .tunnel, keys: KeyedSuite(random: suite))
        attributes.replayWindowSize = 128
        attributes.extendedSequenceNumbers = true
        attributes.softLifetime = Lifetime(seconds: 3000, bytes: 3_000_000_000, packets: 1 << 31)
        attributes.hardLifetime = Lifetime(seconds: 3600, bytes: 4_000_000_000, packets: 1 << 32)
        attributes.selectors = [
            TrafficSelector(source: try #require(AddressRange("10.1.0.0/16")), destination: .all(.v4), nextProtocol: 17)
        ]
        let identifier = SAIdentifier(
            spi: try #require(SPI(0xc0de)), destination: IPAddress(v4: 192, 0, 2, 1), securityProtocol: .esp)
        return SecurityAssociation(
            name: "mn1-out", user: "alice@example", identifier: identifier, source: IPAddress(v4: 192, 0, 2, 9),
            direction: .inbound, attributes: attributes)
    }

    @Test("the static context of an AES-GCM-256 tunnel has at most 200 octets")
    func staticSize() throws {
        let block = try StaticContextBlock(index: 0, association: try Self.tunnel()).encoded()
        #expect(block.size <= 200)
    }

    @Test("its dynamic context has at most 64 octets", arguments: [Direction.inbound, .outbound])
    func dynamicSize(direction: Direction) throws {
        var dynamic = DynamicAttributes()
        dynamic.use = LifetimeUse(age: .seconds(86_400), bytes: 1 << 39, packets: 1 << 31)
        dynamic.pathMTU = PathMTU(octets: 1400, age: .seconds(300))
        if direction == .inbound {
            let bitmap = [UInt32](repeating: .max, count: 4)
            dynamic.window = ReplayWindow(size: 128, highest: SequenceNumber(1 << 31), bitmap: bitmap)
            try #require(dynamic.window != nil)
        } else {
            dynamic.lastSent = SequenceNumber(1 << 31)
            dynamic.window = ReplayWindow(size: 128)
        }
        #expect(try DynamicContextBlock(index: 0xffff, dynamic: dynamic).encoded().size <= 64)
    }

    @Test("zero words at the end of a window's bitmap are not sent")
    func trimmed() throws {
        var dynamic = DynamicAttributes()
        dynamic.window = ReplayWindow(size: 4096)
        dynamic.window?.record(SequenceNumber(9))
        // index 1 · last sent 0 · window of 4096, highest 9, one word with bit 0
        #expect(
            try DynamicContextBlock(index: 1, dynamic: dynamic).encoded()
                == ContextDataBlock(
                    feature: 0xff02, presence: 0xe000_0000,
                    data: hex("0001  00  1000 01 09 01 00000001")[...]))
    }

    static let badDynamics: [(String, UInt32, String, WireError)] = [
        ("no last number", 0x8000_0000, "0001", .missing(.lastSent)),
        ("a leading zero", 0xc000_0000, "0001 02 0001", .notCanonical(.lastSent)),
        ("a number of nine octets", 0xc000_0000, "0001 09 010203040506070809", .badValue(.lastSent)),
        ("an age of zero spelled out", 0xd000_0000, "0001 00 00", .notCanonical(.age)),
        ("an unassigned presence bit", 0xc000_0001, "0001 00", .reservedBitsSet),
        ("padding that is not zero", 0xc000_0000, "0001 00 00000001", .reservedBitsSet),
        ("a word of padding too many", 0xc000_0000, "0001 00 0000000000 00", .trailing(octets: 13)),
        ("a window of 31", 0xe000_0000, "0001 00 001f 00 00", .badValue(.windowSize)),
        ("a zero word at the end", 0xe000_0000, "0001 00 0040 01 01 02 00000001 00000000", .notCanonical(.window)),
        ("a highest number that is not marked", 0xe000_0000, "0001 00 0040 01 03 01 00000002", .badValue(.window)),
        ("a path MTU of 67", 0xc200_0000, "0001 00 0043 00", .badValue(.pathMTU)),
    ]

    @Test("a dynamic context that no encoder writes is refused", arguments: badDynamics)
    func refused(what: String, presence: UInt32, data: String, error: WireError) throws {
        let block = try ContextDataBlock(feature: 0xff02, presence: presence, data: hex(data)[...])
        #expect(throws: error, "\(what)") { try DynamicContextBlock(block) }
    }

    @Test("a static context that no block has room for is an error, not a trap")
    func tooLarge() throws {
        var association = try Self.tunnel()
        association.attributes.selectors = (0..<100).map { _ in
            TrafficSelector(source: .all(.v6), destination: .all(.v6))
        }
        #expect(throws: WireError.self) { try StaticContextBlock(index: 0, association: association).encoded() }
        association.attributes.selectors += association.attributes.selectors + association.attributes.selectors
        #expect(throws: WireError.tooMany(.selectors, limit: 255)) {
            try StaticContextBlock(index: 0, association: association).encoded()
        }
    }

    @Test("durations are whole milliseconds rounded up, and never negative")
    func durations() throws {
        var dynamic = DynamicAttributes()
        dynamic.use.age = .microseconds(1)
        #expect(
            try DynamicContextBlock(DynamicContextBlock(index: 0, dynamic: dynamic).encoded()).dynamic.use.age
                == .milliseconds(1))
        dynamic.use.age = .milliseconds(-1)
        #expect(throws: WireError.badValue(.age)) { try DynamicContextBlock(index: 0, dynamic: dynamic).encoded() }
        dynamic.use.age = Duration(secondsComponent: .max, attosecondsComponent: 0)
        #expect(throws: WireError.badValue(.age)) { try DynamicContextBlock(index: 0, dynamic: dynamic).encoded() }
    }
}
