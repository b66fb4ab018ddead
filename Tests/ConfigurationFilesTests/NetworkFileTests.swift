import ConfigurationFiles
import ForwardingPath
import IPsec
import Testing

@Suite("Network files")
struct NetworkFileTests {
    @Test("the network of figure 10 is read as it is written")
    func figure10() throws {
        let file = try NetworkFile.load(Fixture.path("figure-10.yaml"))
        #expect(file.name == "figure-10")
        #expect(file.network.nodes.map(\.name) == ["MN", "PR", "SG1", "NR", "SG2", "G", "RN"])
        #expect(file.network.node("SG2")?.role == .securityGateway)
        #expect(file.network.node("SG2")?.addresses == [IPAddress(v4: 127, 10, 0, 5)])
        #expect(
            file.network.paths == [
                PathPair(plane: .data, previous: ["MN", "PR", "SG1", "G", "RN"], next: ["MN", "NR", "SG2", "G", "RN"])
            ])
        let up = try #require(file.association(named: "up"))
        #expect((up.plane, up.from, up.to, up.mode) == (.data, "MN", "SG1", .tunnel))
        #expect(up.identifier.description == "esp 0x00001001 to 127.10.0.3")
        #expect(up.source == IPAddress(v4: 127, 10, 0, 1))
        #expect(up.suite.name == "aes-gcm-16-256")
        #expect(up.replayWindowSize == 64)
        #expect(!up.extendedSequenceNumbers)
        #expect((up.softLifetime, up.hardLifetime) == (.unlimited, .unlimited))
        #expect(up.selectors.map(\.description) == ["127.10.0.1 → 127.10.0.7"])
        #expect(up.origin == .user("MN"))
        #expect(up.encapsulation == nil)
    }

    @Test("every key of a network file has its meaning")
    func everything() throws {
        let file = try NetworkFile.load(Fixture.path("everything.yaml"))
        let mobile = try #require(file.network.node("MN"))
        #expect(mobile.addresses.map(\.description) == ["10.0.0.1", "2001:db8::1"])
        #expect(mobile.realm.name == "inside")
        #expect(mobile.endpoints == NodeEndpoints(cxtp: Endpoint(host: "127.0.0.1", port: 5101)))
        let first = try #require(file.network.node("SG1"))
        #expect(first.endpoints.api?.description == "[::1]:5092")
        #expect((first.capabilities.capacity, first.capabilities.suites) == (1000, nil))
        #expect(
            file.network.node("SG2")?.capabilities.suites?.map(\.name) == [
                "aes-gcm-16-256", "aes-cbc-128-hmac-sha-512-256", "aes-cbc-128-hmac-sha-384-192",
                "aes-cbc-128-hmac-sha-256-128", "aes-cbc-128-hmac-sha-1-96", "hmac-sha-256-128",
            ])
        #expect(file.network.links.count == 7)
        #expect(file.network.path(on: .data)?.next == nil)
        #expect(file.network.mappings == ["SG1": "SG2"])
    }

    @Test("every key of an association has its meaning")
    func associations() throws {
        let file = try NetworkFile.load(Fixture.path("everything.yaml"))
        let down = try #require(file.association(named: "down"))
        #expect(down.identifier.spi.value == 4098)
        #expect(down.identifier.realm.name == "inside")
        #expect(down.suite.name == "aes-cbc-128-hmac-sha-256-128")
        #expect((down.replayWindowSize, down.extendedSequenceNumbers) == (1024, true))
        #expect(down.softLifetime == Lifetime(seconds: 3000, bytes: 1000))
        #expect(down.hardLifetime == Lifetime(seconds: 3600, bytes: 2000, packets: 50))
        #expect(
            down.selectors.map(\.description) == [
                "10.0.0.7 → 10.0.0.1 proto 6 sport 80 dport 1000-2000 name alice level 3 dscp 46"
            ])
        #expect(down.encapsulation == UDPEncapsulation())
        #expect((down.origin, down.user) == (.user("alice"), "alice"))
        let ah = try #require(file.association(named: "ah"))
        #expect((ah.suite.name, ah.mode, ah.replayWindowSize) == ("hmac-sha-512-256", .transport, nil))
        #expect(ah.selectors.map(\.description) == ["10.0.0.2 → 10.0.0.1"])
        #expect((ah.origin, ah.plane) == (.user("MN"), .control))
        // A policy of the operator uses it.
        #expect(file.association(named: "trunk")?.origin == .static)
        // Towards RN, for every family that both ends have.
        #expect(
            file.association(named: "up")?.selectors.map(\.description) == [
                "10.0.0.1 → 10.0.0.7", "2001:db8::1 → 2001:db8::7",
            ])
    }

    @Test("the operator's policies are for the nodes that they name, else for all gateways")
    func policies() throws {
        let file = try NetworkFile.load(Fixture.path("everything.yaml"))
        let nodes = { (policy: PolicyEntry) in file.network.nodes.filter { policy.applies(to: $0) }.map(\.name) }
        #expect(file.policies.map(\.name) == ["ike", "backbone"])
        #expect(nodes(file.policies[0]) == ["PR", "SG1", "NR", "SG2"])
        #expect(file.policies[0].selectors.map(\.description) == ["0.0.0.0/0 → 0.0.0.0/0 proto 17 dport 500"])
        #expect(nodes(file.policies[1]) == ["SG1"])
        #expect((file.policies[1].direction, file.policies[1].action) == (.outbound, .protect))
        #expect(file.policies[1].association == "trunk")
    }

    @Test("an association becomes an SA at each of its ends")
    func securityAssociation() throws {
        let down = try #require(try NetworkFile.load(Fixture.path("everything.yaml")).association(named: "down"))
        let keys = KeyedSuite(random: down.suite)
        let sender = down.association(.outbound, keys: keys)
        let receiver = down.association(.inbound, keys: keys)
        #expect((sender.peer, receiver.peer) == (IPAddress(v4: 10, 0, 0, 1), IPAddress(v4: 10, 0, 0, 3)))
        #expect(sender.identifier == receiver.identifier)
        #expect(receiver.state.window?.size == 1024)
        #expect(receiver.attributes.hardLifetime == down.hardLifetime)
        #expect(receiver.user == "alice")
    }

    @Test("a file without a name has its own")
    func name() throws {
        let text = "nodes: {MN: {role: mobile-node, addresses: [10.0.0.1]}}"
        #expect(try NetworkFile.read(text, file: "/tmp/my-net.yaml").name == "my-net")
        #expect(try NetworkFile.read(text, file: "/tmp/ä b.yaml").name == "network")
    }

    @Test("values may be shared by anchors and aliases")
    func aliases() throws {
        let text = """
            nodes:
              MN:  {role: mobile-node, addresses: [10.0.0.1]}
              SG1: {role: security-gateway, addresses: [10.0.0.2]}
            associations:
              - {name: a, from: MN, to: SG1, spi: 256, encryption: aes-gcm-16-256, lifetime: &life {hard: {seconds: 60}}}
              - {name: b, from: SG1, to: MN, spi: 256, encryption: aes-gcm-16-256, lifetime: *life}
            """
        let file = try NetworkFile.read(text, file: "net.yaml")
        #expect(file.associations.map(\.hardLifetime.seconds) == [60, 60])
    }
}
