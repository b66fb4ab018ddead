import ConfigurationFiles
import ForwardingPath
import IPsec
import Testing

@Suite("Many nodes in one entry")
struct CrowdTests {
    private static func file(
        node: String = "count: 3", up: String = "count: 3", traffic: String = "count: 2", expected: String = "up-2"
    ) -> String {
        """
        nodes:
          MN:  {role: mobile-node, addresses: [10.0.0.254], \(node)}
          PR:  {role: access-router, addresses: [192.0.2.1]}
          NR:  {role: access-router, addresses: [192.0.2.2], replay-window: 64}
          RN:  {role: remote-node, addresses: [192.0.2.3]}
        paths:
          data: {previous: [MN, PR, RN], next: [MN, NR, RN]}
        associations:
          - {name: up, from: MN, to: PR, spi: 0x1000, encryption: aes-gcm-16-256, \(up)}
        traffic: [{from: MN, to: RN, \(traffic)}]
        timeline: [{drain: PR, to: NR}]
        expect:
          counts: {NR: 3}
          moves: {completed: 2, refused: 1}
          associations:
            - {name: up, type: 5, one-of: [NR, PR]}
            - {name: \(expected), outcome: refused}
        """
    }

    @Test("addresses, SPIs, names and users follow one another")
    func read() throws {
        let scenario = try ScenarioFile.read(Self.file(), file: "net.yaml")
        #expect(
            scenario.network.network.node("MN")?.addresses.map(\.description) == [
                "10.0.0.254", "10.0.0.255", "10.0.1.0",
            ])
        let all = scenario.network.associations
        #expect(all.map(\.name) == ["up-1", "up-2", "up-3"])
        #expect(all.map(\.identifier.spi.value) == [0x1000, 0x1001, 0x1002])
        #expect(all.map(\.source.description) == ["10.0.0.254", "10.0.0.255", "10.0.1.0"])
        #expect(all.map(\.user) == ["MN-1", "MN-2", "MN-3"])
        #expect(all.flatMap(\.selectors).map(\.description)[2] == "10.0.1.0 → 192.0.2.3")
        #expect(scenario.traffic.map(\.member) == [0, 1])
        #expect(scenario.timeline.map(\.action) == [.drain("PR", to: ["NR"])])
        #expect(scenario.network.network.node("NR")?.capabilities.largestReplayWindow == 64)
        let expected = scenario.expectation
        #expect((expected.completed, expected.refused) == (2, 1))
        #expect(expected.counts == ["NR": 3])
        #expect(expected.associations.map(\.name) == ["up-1", "up-3", "up-2"])
        #expect(expected.associations.map(\.outcome) == [nil, nil, .refused])
    }

    @Test(
        "what is wrong is said with its line and how to put it right",
        arguments: [
            (
                file(node: "realm: red, count: 0"),
                "net.yaml:2: nodes.MN.count is \"0\", and must be a whole number from 1 to 100000. "
                    + "Choose a number in that range."
            ),
            (
                file(up: "count: 4"),
                "net.yaml:9: associations[0].count is 4, and neither MN nor PR stands for as many nodes. "
                    + "Give one of them that count."
            ),
            (
                file(traffic: "count: 4"),
                "net.yaml:10: traffic[0].count is \"4\", and must be a whole number from 1 to 3. "
                    + "Choose a number in that range."
            ),
        ])
    func malformed(text: String, sentence: String) throws {
        let error = #expect(throws: FileError.self) { try ScenarioFile.read(text, file: "net.yaml") }
        #expect(error?.description == sentence)
    }
}
