import IPsec
import StrongSwan
import Testing

@Suite("Charon's associations")
struct AssociationTests {
    @Test("what is read is what swanctl shows")
    func shown() throws {
        let recording = Recording(name: "list-sas-shown")
        let lines = ShownAssociations.comparable(try recording.lines())
        #expect(lines.count == 39)
        #expect(ShownAssociations.lines(try recording.associations()) == lines)
    }

    @Test("an IKE SA behind a NAT, its user, its end's ports, and the one child in UDP")
    func nat() throws {
        let ike = try #require(try Recording(name: "list-sas").associations().first { $0.name == "nat" })
        #expect(ike.id == IKEAssociation.ID(3) && ike.version == 2 && ike.state == .established && !ike.isInitiator)
        #expect(ike.user == "bob@example.org")
        #expect(ike.remote.address == IPAddress("10.0.0.6") && ike.remote.port == 4500)
        #expect(ike.remote.isBehindNAT && !ike.local.isBehindNAT)
        #expect(ike.rekeyIn.map { $0 > .seconds(10_000) && $0 < .seconds(14_400) } == true)
        let child = try #require(ike.children.first)
        #expect(ike.children.count == 1 && child.isUDPEncapsulated && !child.isExtended)
        #expect(child.mode == .tunnel && child.securityProtocol == .esp && child.reqid == 5)
        #expect(child.remoteSelectors.map(\.addresses) == [AddressRange("10.2.0.6/32")])
    }

    @Test("AH, transport mode, IPv6, 64-bit sequence numbers")
    func others() throws {
        let children = try Recording(name: "list-sas").associations().flatMap(\.children)
        let ah = try #require(children.first { $0.name == "hosts6-ah" })
        #expect(ah.securityProtocol == .ah && ah.mode == .transport)
        #expect(children.filter(\.isExtended).map(\.name) == ["home-net"])
    }

    @Test("a rekeyed child SA is there beside the new one for a while, and both have the same reqid")
    func rekeyed() throws {
        let home = try #require(try Recording(name: "list-sas-rekeyed").associations().first { $0.name == "home" })
        let pair = home.children.filter { $0.name == "home-net" }
        #expect(pair.map(\.state) == [.deleted, .installed])
        #expect(Set(pair.map(\.reqid)) == [1] && Set(pair.map(\.id)).count == 2)
        let before = try #require(try Recording(name: "list-sas").associations().first { $0.name == "home" })
        #expect(home.id != before.id && home.isInitiator)
        #expect(home.children.first { $0.name == "home-mgmt" }?.inbound == before.children.last?.inbound)
    }

    @Test("an IKE SA that is being negotiated has no identity, no responder and no child SA")
    func connecting() throws {
        let ike = try #require(try Recording(name: "list-sas-connecting").associations().first)
        #expect(ike.state == .connecting && ike.isInitiator && ike.responderSPI == 0 && ike.initiatorSPI != 0)
        #expect(ike.user == "" && ike.remote.identity == nil && ike.remote.address == IPAddress("10.0.0.99"))
        #expect(ike.age == nil && ike.rekeyIn == nil && ike.children == [])
    }

    @Test(
        "a section that lacks what it has to have, or has what cannot be, is refused with the place",
        arguments: [
            (["state": "ESTABLISHED"], .missing("uniqueid", in: "the IKE SA x")),
            (["uniqueid": "0", "state": "ESTABLISHED"], .badValue("uniqueid", in: "the IKE SA x", text: "0")),
            (["uniqueid": "a", "state": "ESTABLISHED"], .badValue("uniqueid", in: "the IKE SA x", text: "a")),
            (["uniqueid": "1"], .missing("state", in: "the IKE SA x")),
            (
                ["uniqueid": "1", "state": "", "local-host": "10.0.0"],
                .badValue("local-host", in: "the IKE SA x", text: "10.0.0")
            ),
            (
                ["uniqueid": "1", "state": "", "remote-port": "65536"],
                .badValue("remote-port", in: "the IKE SA x", text: "65536")
            ),
            (
                ["uniqueid": "1", "state": "", "initiator-spi": "g"],
                .badValue("initiator-spi", in: "the IKE SA x", text: "g")
            ),
            (
                ["uniqueid": "1", "state": "", "rekey-time": "-1"],
                .badValue("rekey-time", in: "the IKE SA x", text: "-1")
            ),
        ] as [(ViciMessage, ReadingError)])
    func badIKE(section: ViciMessage, error: ReadingError) {
        #expect(throws: error) { try IKEAssociation(name: "x", section: section) }
    }

    @Test(
        "a child SA that cannot be read makes its IKE SA unreadable",
        arguments: [
            (["uniqueid": "1", "state": ""], .missing("name", in: "c of the IKE SA x")),
            (
                ["uniqueid": "1", "state": "", "name": "c", "spi-in": "ff"],
                .badValue("spi-in", in: "c of the IKE SA x", text: "ff")
            ),
            (
                ["uniqueid": "1", "state": "", "name": "c", "spi-out": "123456789"],
                .badValue("spi-out", in: "c of the IKE SA x", text: "123456789")
            ),
        ] as [(ViciMessage, ReadingError)])
    func badChild(child: ViciMessage, error: ReadingError) {
        var section: ViciMessage = ["uniqueid": "1", "state": "ESTABLISHED"]
        section.elements.append(ViciElement("child-sas", .section(ViciMessage([ViciElement("c", .section(child))]))))
        #expect(throws: error) { try IKEAssociation(name: "x", section: section) }
    }

    @Test("an identity cannot move the operator's cursor or turn a line around; the one that EAP proved comes first")
    func identity() throws {
        let ike = try IKEAssociation(
            name: "x", section: ["uniqueid": "1", "state": "", "remote-id": "a\u{1b}[2J\u{202e}b\nZoë"])
        #expect(ike.user == "a\u{fffd}[2J\u{fffd}b\u{fffd}Zoë")
        let eap = try IKEAssociation(
            name: "x", section: ["uniqueid": "1", "state": "", "remote-id": "10.0.0.1", "remote-eap-id": "carol"])
        #expect(eap.user == "carol" && eap.remote.identity == "10.0.0.1")
    }

    @Test(
        "selectors as charon writes them",
        arguments: [
            ("10.1.0.0/24", "10.1.0.0/24", nil), ("fd00::1/128[tcp]", "fd00::1/128", "tcp"),
            ("10.1.8.0..10.1.8.6", "10.1.8.0-10.1.8.6", nil), ("10.1.9.0/24[tcp/ssh]", "10.1.9.0/24", "tcp/ssh"),
            ("dynamic[udp]", nil, "udp"), ("dynamic", nil, nil), ("", nil, nil), ("10.1.0.0/33", nil, nil),
            ("10.1.8.6..10.1.8.0", nil, nil), ("10.1.0.0/24[tcp", "10.1.0.0/24", nil),
        ] as [(String, String?, String?)])
    func selectors(text: String, addresses: String?, restriction: String?) {
        let selector = NegotiatedSelector(text)
        #expect(selector.addresses == addresses.flatMap { AddressRange($0) })
        #expect(selector.restriction == restriction && selector.description == text)
    }

    @Test("the connections of the configuration, with their children")
    func connections() throws {
        let connections = try Recording(name: "list-conns").events("list-conn").flatMap(\.sections)
            .map { ConfiguredConnection(name: $0.name, section: $0.section) }
        #expect(connections.map(\.name) == ["home", "hosts6", "nat", "away"])
        #expect(connections[0].children.map(\.name) == ["home-net", "home-mgmt"])
        #expect(connections[0].localAddresses == ["10.0.0.1"] && connections[0].remoteAddresses == ["10.0.0.2"])
        #expect(connections[1].children.map(\.mode) == [.transport, .transport])
        #expect(connections[1].children[0].localSelectors == [NegotiatedSelector("dynamic[tcp]")])
    }

    @Test("the version")
    func version() throws {
        guard case .commandResponse(let answer)? = try Recording(name: "version").received().first else {
            Issue.record("no answer")
            return
        }
        #expect(try StrongSwanVersion(answer).description == "charon-systemd 5.9.8")
        #expect(throws: ReadingError.missing("daemon", in: "the version")) { try StrongSwanVersion([:]) }
    }
}
