import IPPackets
import IPsec
import Testing
import UserspaceIPsec

@Suite("Round trips")
struct RoundTripTests {
    /// Every way in which a suite can be used.
    struct Variant: CustomTestStringConvertible, Sendable {
        let mode: ProtocolMode
        let outer: AddressFamily
        let inner: AddressFamily
        let isExtended: Bool
        let isEncapsulated: Bool

        var testDescription: String {
            "\(mode.name), \(inner) in \(outer)\(isExtended ? ", ESN" : "")\(isEncapsulated ? ", UDP" : "")"
        }

        static let all: [Variant] = ProtocolMode.standard.flatMap { mode in
            AddressFamily.allCases.flatMap { outer in
                (mode == .tunnel ? AddressFamily.allCases : [outer]).flatMap { inner in
                    [false, true].flatMap { extended in
                        [false, true].map { udp in
                            Variant(mode: mode, outer: outer, inner: inner, isExtended: extended, isEncapsulated: udp)
                        }
                    }
                }
            }
        }
    }

    @Test(
        "what one end seals, the other delivers unchanged, at every length of the last block",
        arguments: AlgorithmSuite.allESP + AlgorithmSuite.allAH, Variant.all)
    func unchanged(_ suite: AlgorithmSuite, _ variant: Variant) throws {
        if suite.securityProtocol == .ah, variant.isEncapsulated { return }
        let attributes = Samples.attributes(
            suite, variant.mode, extended: variant.isExtended, udp: variant.isEncapsulated)
        let lane = try Lane(attributes, outer: variant.outer, inner: variant.inner)
        let hosts = try #require(Samples.inside[variant.inner])
        let ends = variant.mode == .tunnel ? hosts : (lane.outbound.source, lane.outbound.identifier.destination)
        for count in 0...17 {
            let packet = try IPPacket.udp(
                from: ends.0, to: ends.1, ports: UDPHeader(source: 1, destination: 2),
                content: [UInt8](repeating: 0xa5, count: count))
            let sealed = try #require(lane.seal(packet))
            #expect(sealed.count > packet.count)
            #expect(lane.open(sealed).map(hex) == hex(packet))
        }
        #expect(lane.counters?.packets == 18)
    }

    @Test(
        "no two packets of a counter mode SA have the same IV, which is the number",
        arguments: [
            EncryptionAlgorithm.aesGCM128, .aesGCM256, .chaCha20Poly1305,
        ])
    func counterIV(_ cipher: EncryptionAlgorithm) throws {
        let suite = try #require(AlgorithmSuite(esp: cipher))
        let lane = try Lane(Samples.attributes(suite, extended: true), lastSent: 0x1_ffff_fffe)
        let ivs = try (0..<3).map { number in
            let sealed = try #require(lane.seal(Samples.packet(number)))
            return hex(try IPPacket(sealed).payload.dropFirst(8).prefix(8))
        }
        #expect(ivs == ["00000001ffffffff", "0000000200000000", "0000000200000001"])
    }

    @Test(
        "an IPv6 packet with options for routers and for the destination keeps both through transport mode",
        arguments: [AlgorithmSuite.allESP[0], AlgorithmSuite.allAH[0]])
    func extensionHeaders(_ suite: AlgorithmSuite) throws {
        let lane = try Lane(Samples.attributes(suite, .transport), outer: .v6, inner: .v6)
        // Hop-by-hop options (router alert, PadN), then destination options (PadN), then UDP.
        let datagram = octets("0001 0002 000c 0000 61626364")
        let payload = octets("3c 00 0502 0000 0100") + octets("11 00 0104 00000000") + datagram
        let packet = try IPPacket.build(
            from: Samples.left6, to: Samples.right6, nextProtocol: IPProtocol.hopByHop, payload: payload)
        let sealed = try #require(lane.seal(packet))
        // The hop-by-hop options stay in sight; what follows them is protected.
        #expect(sealed[6] == IPProtocol.hopByHop)
        #expect(sealed[40] == suite.securityProtocol.rawValue)
        #expect(lane.open(sealed).map(hex) == hex(packet))
    }

    @Test("a fragment goes through a tunnel, and is refused in transport mode")
    func fragments() throws {
        var header = IPv4Header(source: Samples.left4, destination: Samples.right4, nextProtocol: IPProtocol.udp)
        header.fragmentOffset = 100
        let packet = try header.octets(payloadCount: 16) + [UInt8](repeating: 1, count: 16)
        let tunnel = try Lane(Samples.attributes(AlgorithmSuite.allESP[0]))
        let sealed = try #require(tunnel.seal(packet))
        #expect(tunnel.open(sealed).map(hex) == hex(packet))
        let transport = try Lane(Samples.attributes(AlgorithmSuite.allESP[0], .transport))
        #expect(transport.seal(packet) == nil)
        #expect(transport.sender.counters.malformed == 1)
    }

    @Test("a dummy packet counts as received and goes no further")
    func dummies() throws {
        let suite = try #require(AlgorithmSuite(esp: .null, .hmacSHA256))
        let lane = try Lane(Samples.attributes(suite, .transport))
        let dummy = try IPPacket.build(
            from: Samples.left4, to: Samples.right4, nextProtocol: IPProtocol.none, payload: Array("noise".utf8))
        let sealed = try #require(lane.seal(dummy))
        #expect(lane.receiver.receive(sealed).isEmpty)
        #expect(lane.counters?.packets == 1)
        #expect(lane.receiver.counters == StackCounters())
    }

    @Test("octets behind the inner packet are taken for traffic flow confidentiality padding")
    func flowConfidentiality() throws {
        let suite = try #require(AlgorithmSuite(esp: .null, .hmacSHA256))
        let attributes = Samples.attributes(suite)
        // A transport mode SA with the same keys makes the packet: its payload is the inner packet and the padding.
        let maker = try Lane(Samples.attributes(suite, .transport))
        let inner = Samples.packet()
        let padded = try IPPacket.build(
            from: Samples.left4, to: Samples.right4, nextProtocol: IPProtocol.ipv4, payload: inner + [9, 9, 9])
        let sealed = try #require(maker.seal(padded))
        let lane = try Lane(attributes)
        #expect(lane.open(sealed).map(hex) == hex(inner))
    }
}
