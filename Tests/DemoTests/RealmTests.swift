import ConfigurationFiles
import Demo
import ForwardingPath
import Testing

@Suite("Realms", .serialized)
struct RealmTests {
    /// Figure 10 where the nodes with these last octets in their addresses are in a realm of their own.
    private func scenario(_ nodes: [Int]) throws -> ScenarioFile {
        try Played.figure10(nodes.map { ("addresses: [127.10.0.\($0)]", "realm: blue, addresses: [127.10.0.\($0)]") })
    }

    @Test(
        "a mobile node and all that it talks to may be in a realm of their own", .timeLimit(.minutes(1)),
        arguments: [("MN, SG1, SG2 and RN", [1, 3, 5, 7]), ("all", Array(1...7))])
    func blue(_ what: String, nodes: [Int]) async throws {
        var options = Played.options
        options.moves = 2
        let report = try await Played.play(try scenario(nodes), options)
        #expect(report.outcome == .completed)
        #expect(report.traffic.count == 2)
        #expect(report.traffic.allSatisfy { $0.received > 0 && $0.lost == 0 && $0.duplicated == 0 })
        #expect(report.associations.allSatisfy { $0.at == ["SG1"] })
        #expect(report.replay.offered > 0 && report.replay.accepted == 0)
    }

    @Test("what would have to go from realm to realm is refused", .timeLimit(.minutes(1)))
    func mixed() async throws {
        let association = DemoFailure.realms(of: "the association \"up\"", from: "MN", to: "SG1")
        await #expect(throws: association) { _ = try await Played.play(try scenario([1])) }
        let traffic = DemoFailure.realms(of: "the traffic from MN to RN", from: "MN", to: "RN")
        await #expect(throws: traffic) { _ = try await Played.play(try scenario([1, 3, 5])) }
        #expect(
            traffic.description
                == "the traffic from MN to RN cannot work: MN and RN are in different realms. Put them into one")
    }

    @Test(
        "a mobile node's request moves its own SAs, and none of another's with the same address",
        .timeLimit(.minutes(1)),
        arguments: [("activate: MN-A, via: NR", "a"), ("activate: MN-B, via: NR", "b"), ("request: MN-B, by: NR", "b")])
    func requests(of request: String, mine: String) async throws {
        let timeline = "timeline:\n  - {after: 100ms, \(request)}\nexpect:"
        let report = try await Played.play(try Played.scenario("private-addresses", ("expect:", timeline)))
        #expect(report.associations.count == 4)
        for association in report.associations {
            #expect(association.at == [association.name.hasPrefix(mine) ? "SG2" : "SG1"], "\(association.name)")
        }
        #expect(report.traffic.count == 4)
        #expect(report.traffic.allSatisfy { $0.received > 0 && $0.lost == 0 && $0.duplicated == 0 })
        #expect(report.replay.offered > 0 && report.replay.accepted == 0)
    }
}
