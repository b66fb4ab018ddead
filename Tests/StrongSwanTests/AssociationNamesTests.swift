import IPsec
import StrongSwan
import Testing

@Suite("Names for the kernel's SAs")
struct AssociationNamesTests {
    /// The SAs that the kernel listed: two lines each, with source and destination, then protocol and SPI.
    private func kernel() throws -> [SAIdentifier] {
        let lines = try Recording(name: "list-sas").lines("kernel").map { $0.split(separator: " ") }
        return try stride(from: 0, to: lines.count, by: 2).map { index in
            SAIdentifier(
                spi: try #require(UInt32(lines[index + 1][3].dropFirst(2), radix: 16).flatMap { SPI($0) }),
                destination: try #require(IPAddress(lines[index][3])),
                securityProtocol: lines[index + 1][1] == "ah" ? .ah : .esp)
        }
    }

    @Test("every SA that charon put into the kernel has its name and user, and no other SA has one")
    func kernelNames() throws {
        let names = AssociationNames(try Recording(name: "list-sas").associations())
        let kernel = try kernel()
        let found = try kernel.map { try #require(names[$0]) }
        #expect(names.count == kernel.count)
        #expect(
            Set(found.map { "\($0.name) of \($0.user)" }) == [
                "home-net-in of alice@example.org", "home-net-out of alice@example.org",
                "home-mgmt-in of alice@example.org", "home-mgmt-out of alice@example.org",
                "hosts6-esp-in of C=XX, O=Example, CN=alice", "hosts6-esp-out of C=XX, O=Example, CN=alice",
                "hosts6-ah-in of C=XX, O=Example, CN=alice", "hosts6-ah-out of C=XX, O=Example, CN=alice",
                "nat-net-in of bob@example.org", "nat-net-out of bob@example.org",
            ])
    }

    @Test("inbound is what goes to the gateway")
    func direction() throws {
        let names = AssociationNames(try Recording(name: "list-sas").associations())
        for identifier in try kernel() {
            let isInbound = [IPAddress("10.0.0.1"), IPAddress("fd00::1")].contains(identifier.destination)
            #expect(names[identifier]?.name.hasSuffix(isInbound ? "-in" : "-out") == true)
        }
    }

    @Test("an SPI has no name at another destination, for another protocol or in another realm")
    func others() throws {
        let associations = try Recording(name: "list-sas").associations()
        let names = AssociationNames(associations)
        let one = try #require(try kernel().first)
        let elsewhere = IPAddress(v4: 10, 0, 0, 77)
        #expect(names[SAIdentifier(spi: one.spi, destination: elsewhere, securityProtocol: .esp)] == nil)
        #expect(names[SAIdentifier(spi: one.spi, destination: one.destination, securityProtocol: .ah)] == nil)
        let realm = try #require(Realm("blue"))
        let blue = SAIdentifier(spi: one.spi, destination: one.destination, securityProtocol: .esp, realm: realm)
        #expect(names[blue] == nil)
        #expect(AssociationNames(associations, realm: realm)[blue]?.name == names[one]?.name)
    }

    @Test("during a rekey the old SAs and the new ones have the name, each with its own child SA")
    func rekeyed() throws {
        let associations = try Recording(name: "list-sas-rekeyed").associations()
        let names = AssociationNames(associations)
        let home = try #require(associations.first { $0.name == "home" })
        let gateway = try #require(IPAddress("10.0.0.1"))
        let found = home.children.filter { $0.name == "home-net" }.compactMap(\.inbound).map {
            names[SAIdentifier(spi: $0, destination: gateway, securityProtocol: .esp)]
        }
        #expect(found.map { $0?.name } == ["home-net-in", "home-net-in"])
        #expect(found.map { $0?.child } == home.children.filter { $0.name == "home-net" }.map(\.id))
    }

    @Test("what is not negotiated yet has no name")
    func connecting() throws {
        #expect(AssociationNames(try Recording(name: "list-sas-connecting").associations()).count == 0)
    }
}
