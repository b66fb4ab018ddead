import IPPackets
import IPsec
import Testing
import UserspaceIPsec

@Suite("Headers of tunnel mode")
struct TunnelHeaderTests {
    private let suite = AlgorithmSuite.allESP[0]

    /// The outer packet that a host's packet got.
    private func outer(
        _ packet: [UInt8], family: AddressFamily = .v4, _ change: (inout StaticAttributes) -> Void = { _ in }
    ) throws -> IPPacket {
        var attributes = Samples.attributes(suite)
        change(&attributes)
        let sealed = try #require(try Lane(attributes, outer: family).seal(packet))
        return try IPPacket(sealed)
    }

    @Test("DSCP is copied unless the SA says otherwise, ECN always", arguments: AddressFamily.allCases)
    func trafficClass(_ family: AddressFamily) throws {
        let packet = Samples.packet(trafficClass: 0xba)
        #expect(try outer(packet, family: family).trafficClass == 0xba)
        #expect(try outer(packet, family: family) { $0.copiesDSCP = false }.trafficClass == 0x02)
    }

    @Test(
        "don't fragment is copied, set or cleared as the SA says",
        arguments: [
            (DontFragment.copy, true, true), (.copy, false, false), (.set, false, true), (.clear, true, false),
        ])
    func dontFragment(_ rule: DontFragment, _ inner: Bool, _ expected: Bool) throws {
        let packet = Samples.packet(dontFragment: inner)
        #expect(try outer(packet) { $0.dontFragment = rule }.dontFragment == expected)
    }

    @Test("the outer hop limit is its own; the inner one stays when the host itself sends")
    func ownHopLimit() throws {
        let lane = try Lane(Samples.attributes(suite))
        let sealed = try #require(lane.seal(Samples.packet(hopLimit: 7)))
        #expect(try IPPacket(sealed).hopLimit == 64)
        let inner = try #require(lane.open(sealed))
        #expect(try IPPacket(inner).hopLimit == 7)
    }

    @Test("a gateway that forwards takes one off the hop limit, and drops at one")
    func forwardedHopLimit() throws {
        let lane = try Lane(Samples.attributes(suite))
        let sealed = try #require(lane.sender.receive(Samples.packet(hopLimit: 7)).transmitted.first)
        let inner = try #require(lane.open(sealed))
        #expect(try IPPacket(inner).hopLimit == 6)
        #expect(lane.sender.receive(Samples.packet(hopLimit: 1)).isEmpty)
        #expect(lane.sender.counters.hopLimitReached == 1)
    }

    /// RFC 6040, figure 4, with ECN as numbers: 0 Not-ECT, 1 ECT(1), 2 ECT(0), 3 CE. For each inner mark, what is left
    /// of it under each outer one; `nil` is dropped.
    private static let marks: [(inner: UInt8, left: [UInt8?])] = [
        (0, [0, 0, 0, nil]), (1, [1, 1, 1, 3]), (2, [2, 1, 2, 3]), (3, [3, 3, 3, 3]),
    ]

    @Test("congestion marked in the tunnel is told to the inner packet", arguments: marks)
    func congestion(_ inner: UInt8, _ expected: [UInt8?]) throws {
        for outer in UInt8(0)...3 {
            let lane = try Lane(Samples.attributes(suite))
            let sealed = try #require(lane.seal(Samples.packet(trafficClass: inner)))
            var marked = try IPPacket(sealed)
            marked.trafficClass = outer
            let left = try lane.open(marked.octets).map { try IPPacket($0).trafficClass }
            #expect(left == expected[Int(outer)], "outer \(outer)")
        }
    }

    @Test("in UDP, ESP has no checksum over IPv4 and a right one over IPv6")
    func checksum() throws {
        let v4 = try outer(Samples.packet()) { $0.encapsulation = UDPEncapsulation() }
        #expect(hex(v4.payload.prefix(4)) == "11941194")
        #expect(hex(v4.payload.dropFirst(6).prefix(2)) == "0000")
        let v6 = try outer(Samples.packet(), family: .v6) { $0.encapsulation = UDPEncapsulation() }
        // The sum over pseudo-header and datagram, checksum included, is all ones.
        let filler: [UInt8] = v6.payload.count % 2 == 0 ? [] : [0]
        let words = v6.source.octets + v6.destination.octets + [0, 17] + v6.payload + filler
        var sum = v6.payload.count
        for index in stride(from: 0, to: words.count, by: 2) { sum += Int(words[index]) << 8 + Int(words[index + 1]) }
        while sum > 0xffff { sum = sum & 0xffff + sum >> 16 }
        #expect(sum == 0xffff)
    }
}
