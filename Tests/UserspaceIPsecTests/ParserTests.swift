import IPPackets
import IPsec
import Testing
import UserspaceIPsec

@Suite("Parsers")
struct ParserTests {
    /// Packets of every kind, to be changed at random.
    private static func seeds() throws -> [[UInt8]] {
        var seeds = [Samples.packet(), Samples.packet(from: Samples.left6, to: Samples.right6)]
        for suite in [AlgorithmSuite.allESP[0], AlgorithmSuite.allESP[3], AlgorithmSuite.allAH[0]] {
            for outer in AddressFamily.allCases {
                for isEncapsulated in [false, true] where suite.securityProtocol == .esp || !isEncapsulated {
                    let lane = try Lane(Samples.attributes(suite, udp: isEncapsulated), outer: outer)
                    seeds.append(try #require(lane.seal(Samples.packet())))
                }
            }
        }
        let tunnelled = try IPPacket.tunnelled(
            IPPacket(seeds[2]), from: Samples.left4, to: Samples.right4)
        let options =
            octets("3c 00 0502 0000 0100") + octets("2b 00 0104 00000000") + octets("2c 00 0000 00000000")
            + octets("11 00 0000 00000000") + octets("0001 0002 000c 0000 61626364")
        let extended = try IPPacket.build(
            from: Samples.left6, to: Samples.right6, nextProtocol: IPProtocol.hopByHop, payload: options)
        return seeds + [tunnelled, extended]
    }

    /// An engine that knows SAs, expectations, forwardings and peers, so that a packet may go any way.
    private func busyEngine() throws -> Node {
        let engine = Node([Samples.right4, Samples.right6], peers: [Samples.left4, Samples.left6])
        let gcm = Samples.attributes(AlgorithmSuite.allESP[0])
        let cbc = Samples.attributes(AlgorithmSuite.allESP[3])
        let ah = Samples.attributes(AlgorithmSuite.allAH[0])
        let associations = [
            Samples.association(gcm, .inbound), Samples.association(ah, .inbound),
            Samples.association(cbc, from: Samples.left6, to: Samples.right6, .inbound),
        ]
        try engine.install(associations, policies: [Samples.anything(.bypass, .outbound)])
        try engine.expect([Samples.association(gcm, .inbound, spi: 0x2000).identifier])
        return engine
    }

    @Test("random octets give a value or an error, never a trap", arguments: 1...8 as ClosedRange<UInt64>)
    func random(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let engine = try busyEngine()
        for _ in 0..<5_000 {
            var packet = (0..<Int.random(in: 0...120, using: &generator)).map { _ in
                UInt8.random(in: .min ... .max, using: &generator)
            }
            if !packet.isEmpty, Bool.random(using: &generator) {
                packet[0] = Bool.random(using: &generator) ? 0x45 : 0x60
            }
            try exercise(packet, engine)
        }
    }

    @Test("packets with random changes give a value or an error, never a trap", arguments: 1...8 as ClosedRange<UInt64>)
    func mutated(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let seeds = try Self.seeds()
        let engine = try busyEngine()
        for _ in 0..<5_000 {
            var packet = seeds[Int.random(in: 0..<seeds.count, using: &generator)]
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: packet.removeLast(Int.random(in: 0..<packet.count, using: &generator))
                case 1: packet.append(UInt8.random(in: .min ... .max, using: &generator))
                default:
                    let index = Int.random(in: 0..<packet.count, using: &generator)
                    packet[index] = UInt8.random(in: .min ... .max, using: &generator)
                }
                if packet.isEmpty { packet = [0x45] }
            }
            renewChecksum(&packet)
            try exercise(packet, engine)
        }
    }

    /// Without it most changes would end at the header checksum.
    private func renewChecksum(_ packet: inout [UInt8]) {
        let count = Int(packet[0] & 15) * 4
        guard packet[0] >> 4 == 4, count >= 20, packet.count >= count else { return }
        (packet[10], packet[11]) = (0, 0)
        var sum = stride(from: 0, to: count, by: 2).reduce(0) { $0 + Int(packet[$1]) << 8 + Int(packet[$1 + 1]) }
        while sum > 0xffff { sum = sum & 0xffff + sum >> 16 }
        (packet[10], packet[11]) = (UInt8(~sum >> 8 & 0xff), UInt8(~sum & 0xff))
    }

    private func exercise(_ packet: [UInt8], _ engine: Node) throws {
        if let parsed = try? IPPacket(packet) {
            #expect(parsed.octets.count <= packet.count)
            _ = PacketDescription(parsed)
            _ = parsed.udp
            _ = try? parsed.detunnelled()
        }
        for output in engine.receive(packet) + engine.send(packet) {
            if case .transmit(let made, _) = output { _ = try IPPacket(made) }
        }
    }

    @Test("a header built is the header parsed")
    func headers() throws {
        var v4 = IPv4Header(source: Samples.left4, destination: Samples.right4, nextProtocol: 50)
        v4.trafficClass = 0xb9
        v4.identification = 0x1234
        v4.moreFragments = true
        v4.fragmentOffset = 0x123
        v4.timeToLive = 3
        v4.options = [1, 1, 1, 0]
        #expect(try IPv4Header.parse(v4.octets(payloadCount: 0)).header == v4)
        var v6 = IPv6Header(source: Samples.left6, destination: Samples.right6, nextHeader: 51)
        v6.trafficClass = 0xb9
        v6.flowLabel = 0xabcde
        v6.hopLimit = 3
        #expect(try IPv6Header.parse(v6.octets(payloadCount: 0)).header == v6)
    }

    @Test(
        "what is wrong with a packet is said",
        arguments: [
            ("", PacketError.truncated(needed: 1, available: 0)),
            ("75000014", .unknownVersion(7)),
            ("45000014", .truncated(needed: 20, available: 4)),
            ("4400001400000000400000000a0000010a000002", .impossibleLength(16)),
            ("4500001300000000400000000a0000010a000002", .impossibleLength(19)),
            ("4500001500000000400000000a0000010a000002", .truncated(needed: 21, available: 20)),
            ("4500001400000000400000000a0000010a000002", .wrongChecksum),
            ("6000000000003b40", .truncated(needed: 40, available: 8)),
        ])
    func errors(_ text: String, _ expected: PacketError) {
        #expect(throws: expected) { try IPPacket(octets(text)) }
    }

    @Test("ports are those of the next layer, and opaque in a later fragment")
    func ports() throws {
        let description = PacketDescription(try IPPacket(Samples.packet(trafficClass: 0xb8)))
        #expect(description.sourcePort == 4000 && description.destinationPort == 4001 && description.dscp == 46)
        var header = IPv4Header(source: Samples.left4, destination: Samples.right4, nextProtocol: IPProtocol.udp)
        header.fragmentOffset = 1
        let fragment = try header.octets(payloadCount: 8) + [UInt8](repeating: 7, count: 8)
        #expect(PacketDescription(try IPPacket(fragment)).sourcePort == nil)
        let ping = try IPPacket.build(
            from: Samples.left4, to: Samples.right4, nextProtocol: IPProtocol.icmp, payload: [8, 0, 0, 0, 0, 0, 0, 0])
        #expect(PacketDescription(try IPPacket(ping)).sourcePort == 8 << 8)
    }
}
