import ConfigurationFiles
import ForwardingPath
import IPsec
import Testing

@Suite("Scenario files")
struct ScenarioFileTests {
    @Test("every key of a scenario has its meaning")
    func everything() throws {
        let scenario = try ScenarioFile.load(Fixture.path("everything.yaml"))
        #expect(scenario.name == "everything")
        #expect(scenario.description == "A mobile node changes its access router\nwhile its gateway is drained.\n")
        #expect(scenario.watch == "the counters at SG1 stop, and go on at SG2")
        #expect(
            scenario.traffic == [
                TrafficFlow(from: "MN", to: "RN", rate: 500, size: 1200), TrafficFlow(from: "RN", to: "MN"),
            ])
        #expect(scenario.approval == .both)
        let paths = PathPair(
            plane: .data, previous: ["MN", "PR", "SG1", "G", "RN"], next: ["MN", "NR", "SG2", "G", "RN"])
        #expect(
            scenario.timeline == [
                TimelineStep(action: .path(paths)),
                TimelineStep(after: .milliseconds(500), action: .move(["up", "down"], from: "SG1", to: "SG2")),
                TimelineStep(after: .seconds(2), action: .move(["ah"], from: nil, to: nil)),
            ])
        var expected = Expectation(outcome: .completed)
        (expected.lost, expected.duplicated, expected.pause) = (0...3, 0...1, .milliseconds(20))
        (expected.replayOffered, expected.replayAccepted) = (100, 1...5)
        (expected.messages, expected.mobileNodeMessages) = (20...60, 2...2)
        (expected.requests, expected.refusals, expected.completed, expected.refused) = (1, 2, 3, 4)
        expected.counts = ["SG2": 5]
        expected.policies = [
            PolicyExpectation(name: "up in", isStatic: false, at: ["SG2"]),
            PolicyExpectation(name: "down out", at: ["SG2"]),
        ]
        expected.associations = [
            AssociationExpectation(name: "up", type: .known(.five), action: .move, outcome: .moved, at: ["SG2"]),
            AssociationExpectation(name: "trunk", type: .unknown, at: ["SG1", "RN"]),
        ]
        expected.associations[0].suite = AlgorithmSuite(name: "aes-cbc-128-hmac-sha-1-96")
        (expected.associations[0].spi, expected.associations[0].pathMTU) = (.changed, 1_400)
        (expected.associations[0].gatewayAddress, expected.associations[1].oneOf) = (
            IPAddress(v4: 10, 0, 0, 5), ["SG1", "SG2"]
        )
        #expect(scenario.expectation == expected)
    }

    @Test("a network alone is a scenario: traffic both ways, everything moves, nothing is lost")
    func defaults() throws {
        let scenario = try ScenarioFile.load(Fixture.path("figure-10.yaml"))
        #expect(scenario.traffic == [TrafficFlow(from: "MN", to: "RN"), TrafficFlow(from: "RN", to: "MN")])
        #expect(scenario.traffic.map(\.rate) == [1000, 1000])
        #expect(scenario.timeline.isEmpty)
        #expect(scenario.approval == nil)
        #expect(scenario.expectation == Expectation(outcome: .completed))
    }

    @Test("where the plan moves nothing, that is what is expected")
    func nothingToMove() throws {
        let text = try Fixture.text("figure-10.yaml").replacing("to: SG1", with: "to: RN")
        #expect(try ScenarioFile.read(text, file: "x.yaml").expectation.outcome == .nothingToMove)
        let partly = text + "expect: {lost: 2}\n"
        #expect(try ScenarioFile.read(partly, file: "x.yaml").expectation.outcome == .nothingToMove)
        let later = text + "timeline: [{path: {next: [MN, NR, RN]}}]\n"
        #expect(try ScenarioFile.read(later, file: "x.yaml").expectation.outcome == .completed)
    }

    @Test("traffic that no packet can carry, or that is more than a machine can send, is refused with its line")
    func impossibleTraffic() throws {
        let text = try Fixture.text("figure-10.yaml")
        let flow = "  - {from: MN, to: RN}\n"
        #expect(outcome(text + "traffic:\n" + String(repeating: flow, count: 1_000)) == "read")
        #expect(
            outcome(text + "traffic:\n" + String(repeating: flow, count: 1_001))
                == "x.yaml:17: traffic has 1001 flows. "
                + "A scenario has at most 1000: take some out, or give the others a higher rate.")
        #expect(
            outcome(text + "traffic: [{from: MN, to: RN, rate: 100001}]\n")
                == "x.yaml:16: traffic[0].rate is \"100001\", and must be a whole number from 1 to 100000. "
                + "Choose a number in that range.")
        let mixed = text.replacing("[127.10.0.7]", with: "[\"2001:db8::7\"]")
        #expect(
            outcome(mixed + "traffic:\n  - {from: MN, to: SG1}\n" + flow)
                == "x.yaml:18: MN and RN, the ends of traffic[1], have no addresses of the same family. "
                + "Give one of them an address of the other's family.")
        #expect(try ScenarioFile.read(mixed, file: "x.yaml").traffic == [])
    }

    private func outcome(_ text: String) -> String {
        Outcome.of { () throws(FileError) in _ = try ScenarioFile.read(text, file: "x.yaml") }
    }
}
