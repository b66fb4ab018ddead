import IPPackets
import IPsec
import Testing
import UserspaceIPsec

@Suite("Path MTU")
struct PathMTUTests {
    /// An SA whose sender's link takes 1,300 octets; it learned `path` before.
    private static func lane(
        _ suite: AlgorithmSuite = AlgorithmSuite.allESP[0], _ mode: ProtocolMode = .tunnel, outer: AddressFamily = .v4,
        inner: AddressFamily = .v4, udp: Bool = false, path: PathMTU? = nil
    ) throws -> Lane {
        let lane = try Lane(
            Samples.attributes(suite, mode, udp: udp), outer: outer, inner: inner, egressMTU: 1_300, pathMTU: path)
        if let hosts = Samples.inside[inner] { lane.sender.claim(hosts.0) }
        return lane
    }

    private static func packet(_ size: Int, _ family: AddressFamily = .v4, dontFragment: Bool = false) throws -> [UInt8]
    {
        let ends = try #require(Samples.inside[family])
        return try IPPacket.udp(
            from: ends.0, to: ends.1, ports: UDPHeader(source: 1, destination: 2), dontFragment: dontFragment,
            identification: 77, content: Array(repeating: 7, count: size - (family == .v4 ? 28 : 48)))
    }

    static let suites = AlgorithmSuite.allESP + AlgorithmSuite.allAH

    @Test(
        "no protected packet is larger than the path takes, and the largest that fits is not refused", arguments: suites
    )
    func fits(_ suite: AlgorithmSuite) throws {
        for outer in AddressFamily.allCases {
            let lane = try Self.lane(suite, outer: outer)
            for size in 1_100...1_300 {
                let outputs = lane.sender.send(try Self.packet(size, dontFragment: true))
                if let sealed = outputs.transmitted.first {
                    #expect(sealed.count <= 1_300)
                } else {
                    let delivered = try #require(outputs.delivered.first)
                    let notice = try #require(TooBigNotice(try IPPacket(delivered)))
                    let next = try Self.packet(Int(notice.mtu), dontFragment: true)
                    #expect(lane.sender.send(next).transmitted.count == 1)
                    #expect(Int(notice.mtu) < size)
                }
            }
        }
    }

    @Test("a packet that may be fragmented is, before it is protected, and comes out whole")
    func fragmented() throws {
        let lane = try Self.lane()
        let packet = try Self.packet(3_000)
        let sealed = lane.sender.send(packet).transmitted
        #expect(sealed.count == 3)
        #expect(sealed.allSatisfy { $0.count <= 1_300 })
        var reassembly = FragmentReassembly()
        let parts = try sealed.reversed().flatMap { lane.receiver.receive($0).delivered }.map { try IPPacket($0) }
        #expect(parts.map(\.fragment) == [.later, .later, .first])
        #expect(parts.compactMap { reassembly.take($0) }.map(\.octets) == [packet])
    }

    @Test("a notice from the path is learned, aged, and believed only where it quotes an SA that is here")
    func learned() throws {
        let lane = try Self.lane()
        let packet = try Self.packet(1_200, dontFragment: true)
        let sealed = try #require(lane.seal(packet))
        let router = IPAddress(v4: 198, 51, 100, 1)
        var stranger = try IPPacket(sealed).octets
        stranger[23] ^= 1
        let notices = try [stranger, sealed].compactMap {
            TooBigNotice.octets(about: try IPPacket($0), mtu: 1_000, from: router)
        }
        let status = { (now: Duration) in
            lane.sender.status(lane.outbound.identifier, now: now)?.association.state.pathMTU
        }
        try lane.sender.install([], policies: [Samples.anything(.bypass, .inbound)])
        _ = lane.sender.receive(notices[0], now: .seconds(1))
        #expect(status(.seconds(1)) == nil)
        #expect(lane.sender.receive(notices[1], now: .seconds(1)).isEmpty)
        #expect(status(.seconds(3)) == PathMTU(octets: 1_000, age: .seconds(2)))
        #expect(lane.sender.send(try Self.packet(1_200, dontFragment: true), now: .seconds(3)).transmitted.isEmpty)
        #expect(lane.sender.counters.tooBig == 1)
        #expect(status(.seconds(602)) == nil)
        #expect(lane.sender.send(try Self.packet(1_200, dontFragment: true), now: .seconds(602)).transmitted.count == 1)
    }

    @Test("nobody takes a path below what every link carries")
    func least() throws {
        let lane = try Self.lane()
        try lane.sender.install([], policies: [Samples.anything(.bypass, .inbound)])
        let packet = try Self.packet(1_200)
        let sealed = try IPPacket(try #require(lane.seal(packet)))
        let notice = try #require(TooBigNotice.octets(about: sealed, mtu: 68, from: IPAddress(v4: 198, 51, 100, 1)))
        _ = lane.sender.receive(notice)
        #expect(lane.sender.status(lane.outbound.identifier)?.association.state.pathMTU?.octets == 576)
    }

    @Test("what came with an SA counts from its first packet on, and IPv6 is never fragmented")
    func carried() throws {
        let lane = try Self.lane(outer: .v6, inner: .v6, path: PathMTU(octets: 1_290, age: .seconds(5)))
        let outputs = lane.sender.send(try Self.packet(1_280, .v6))
        let delivered = try #require(outputs.delivered.first)
        let notice = try #require(TooBigNotice(try IPPacket(delivered)))
        #expect(outputs.transmitted.isEmpty)
        #expect(notice.mtu < 1_280)
    }
}
