import IPsec
import Testing

@Suite struct ModelTests {
    @Test("SPIs 0 to 255 are reserved")
    func reserved() {
        #expect(SPI(0) == nil)
        #expect(SPI(255) == nil)
        #expect(SPI(256)?.description == "0x00000100")
    }

    @Test("a key does not show in any text about it")
    func redaction() {
        let key = KeyMaterial(octets: [0xde, 0xad, 0xbe, 0xef])
        var dumped = ""
        dump(key, to: &dumped)
        for text in ["\(key)", String(reflecting: key), dumped] {
            #expect(!text.contains("222") && !text.lowercased().contains("dead"))
        }
    }

    @Test("every suite is found again by its name", arguments: AlgorithmSuite.allESP + AlgorithmSuite.allAH)
    func names(suite: AlgorithmSuite) {
        #expect(AlgorithmSuite(name: suite.name) == suite)
    }

    @Test("a suite without integrity, or with it twice, does not exist")
    func noWeakSuites() {
        #expect(AlgorithmSuite(esp: .aesCBC128) == nil)
        #expect(AlgorithmSuite(esp: .null) == nil)
        #expect(AlgorithmSuite(esp: .aesGCM256, .hmacSHA256) == nil)
    }

    @Test(
        "a lifetime ends at its first limit",
        arguments: [
            (LifetimeUse(age: .seconds(59), bytes: 999, packets: 9), false), (LifetimeUse(age: .seconds(60)), true),
            (LifetimeUse(bytes: 1000), true), (LifetimeUse(packets: 10), true),
        ])
    func lifetimes(use: LifetimeUse, expected: Bool) {
        #expect(Lifetime(seconds: 60, bytes: 1000, packets: 10).isReached(by: use) == expected)
        #expect(!Lifetime.unlimited.isReached(by: use))
    }

    @Test("a path MTU after a move is never larger than the new egress, and a stale one is forgotten")
    func pathMTU() {
        #expect(PathMTU.afterMove(learned: PathMTU(octets: 1300, age: .seconds(5)), egress: 1500).octets == 1300)
        #expect(PathMTU.afterMove(learned: PathMTU(octets: 1500), egress: 1400).octets == 1400)
        #expect(PathMTU.afterMove(learned: PathMTU(octets: 1300, age: .seconds(700)), egress: 1500).octets == 1500)
        #expect(PathMTU.afterMove(learned: nil, egress: 1500).octets == 1500)
    }

    @Test("the first policy that matches decides, a user's before the operator's")
    func order() throws {
        let any = TrafficSelector(source: .all(.v4), destination: .all(.v4))
        let mine = TrafficSelector(source: AddressRange(IPAddress(v4: 10, 0, 0, 1)), destination: .all(.v4))
        var spd = SPD()
        let all = Policy(name: "all", direction: .outbound, selectors: [any], action: .discard, origin: .static)
        let own = Policy(name: "mine", direction: .outbound, selectors: [mine], action: .protect, origin: .user("MN"))
        #expect(spd.insert(all) == true)
        #expect(spd.insert(own) == true)
        #expect(spd.insert(own) == false)
        let packet = PacketDescription(
            source: IPAddress(v4: 10, 0, 0, 1), destination: IPAddress(v4: 10, 9, 9, 9), nextProtocol: 17)
        #expect(spd.policy(for: packet, .outbound)?.name == "mine")
        #expect(spd.policy(for: packet, .inbound) == nil)
    }

    @Test("a selector matches on every field that it names, and a fragment has no ports")
    func selectors() {
        var selector = TrafficSelector(source: .all(.v4), destination: .all(.v4), nextProtocol: 17)
        selector.destinationPorts = 500...500
        selector.dscp = 46
        var packet = PacketDescription(
            source: IPAddress(v4: 1, 2, 3, 4), destination: IPAddress(v4: 4, 3, 2, 1), nextProtocol: 17,
            sourcePort: 9, destinationPort: 500, dscp: 46)
        #expect(selector.matches(packet))
        packet.destinationPort = nil
        #expect(!selector.matches(packet))
        packet.destinationPort = 500
        packet.dscp = 0
        #expect(!selector.matches(packet))
        packet.dscp = 46
        packet.nextProtocol = 6
        #expect(!selector.matches(packet))
    }

    @Test("an upgrade is the most preferred suite that both profile and gateway have")
    func upgrade() throws {
        let weak = try #require(AlgorithmSuite(esp: .aesCBC128, .hmacSHA1))
        let better = try #require(AlgorithmSuite(esp: .aesGCM128))
        let best = try #require(AlgorithmSuite(esp: .aesGCM256))
        let profile = UserProfile(user: "MN", suites: [best, better, weak])
        #expect(profile.upgrade(from: weak, available: [better, weak]) == better)
        #expect(profile.upgrade(from: weak, available: [weak]) == nil)
        #expect(profile.upgrade(from: best, available: [best, better, weak]) == nil)
    }

    @Test("a SAD refuses a second SA with the same identifier")
    func conflict() throws {
        let suite = try #require(AlgorithmSuite(esp: .aesGCM256))
        let identifier = SAIdentifier(
            spi: try #require(SPI(0x1001)), destination: IPAddress(v4: 127, 10, 0, 3), securityProtocol: .esp)
        let association = SecurityAssociation(
            name: "up", user: "MN", identifier: identifier, source: IPAddress(v4: 127, 10, 0, 1), direction: .inbound,
            attributes: StaticAttributes(mode: .tunnel, keys: KeyedSuite(random: suite)))
        var sad = SAD()
        #expect(sad.insert(association) == true)
        #expect(sad.insert(association) == false)
        #expect(sad.update(identifier) { $0.state.lastSent = SequenceNumber(9) } != nil)
        #expect(sad[identifier]?.state.lastSent.value == 9)
        #expect(sad.remove(identifier) != nil)
        #expect(sad.count == 0)
    }
}
