import ConfigurationFiles
import ForwardingPath
import IPsec
import Testing

@Suite("Path MTU in files")
struct PathMTUFileTests {
    private static func file(links: String, path: String) -> String {
        """
        nodes:
          MN:  {role: mobile-node, addresses: [10.0.0.1]}
          SG1: {role: security-gateway, addresses: [10.0.0.2]}
        links: \(links)
        associations:
          - {name: a, from: SG1, to: MN, spi: 256, encryption: aes-gcm-16-256, path-mtu: \(path)}
        """
    }

    @Test("a gateway's MTU is that of its narrowest link; what was learned may have an age")
    func read() throws {
        let links = "[[MN, SG1], {between: [MN, SG1], mtu: 1500}, {between: [SG1, MN], mtu: 1400}]"
        let file = try NetworkFile.read(Self.file(links: links, path: "{octets: 1300, age: 10m}"), file: "net.yaml")
        #expect(file.network.egressMTU(of: "SG1") == 1400)
        #expect(file.network.egressMTU(of: "G") == nil)
        let entry = try #require(file.association(named: "a"))
        #expect(entry.pathMTU == PathMTU(octets: 1300, age: .seconds(600)))
        let keys = KeyedSuite(random: entry.suite)
        #expect(entry.association(.outbound, keys: keys).state.pathMTU == entry.pathMTU)
        #expect(entry.association(.inbound, keys: keys).state.pathMTU == nil)
    }

    @Test(
        "what is wrong is said with its line and how to put it right",
        arguments: [
            (
                "[{between: [MN, SG1], mtu: 67}]", "1400",
                "net.yaml:4: links[0].mtu is \"67\", and must be a whole number from 68 to 65535. "
                    + "Choose a number in that range."
            ),
            (
                "[{between: [MN], mtu: 1400}]", "1400",
                "net.yaml:4: links[0].between has 1 nodes, and a link has two. Write it as [MN, PR]."
            ),
            (
                "[]", "{octets: 1400, old: 1s}",
                "net.yaml:6: unknown key \"old\" in associations[0].path-mtu. Known keys are octets, age."
            ),
        ])
    func malformed(links: String, path: String, sentence: String) throws {
        let error = #expect(throws: FileError.self) {
            try NetworkFile.read(Self.file(links: links, path: path), file: "net.yaml")
        }
        #expect(error?.description == sentence)
    }
}
