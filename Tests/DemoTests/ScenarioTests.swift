import ConfigurationFiles
import Demo
import ForwardingPath
import GatewayAPI
import IPsec
import Terminal
import Testing

@Suite("The scenarios that ship", .serialized, .timeLimit(.minutes(1)))
struct ScenarioTests {
    private static func play(_ name: String) async throws -> (DemoReport, ConfigurationFiles.Expectation) {
        var options = Played.options
        options.rate = nil
        let scenario = try ScenarioLibrary.scenario(name)
        let network = try DemoNetwork(scenario, options: options, logger: Played.silence)
        let report = try await network.run { [options] in try await HeadlessRun(network, options: options).play() }
        return (report, scenario.expectation)
    }

    @Test("each ends as it says, and says so where any of it is otherwise", arguments: ScenarioLibrary.names)
    func ends(_ name: String) async throws {
        let (report, expectation) = try await Self.play(name)
        #expect(report.differences(from: expectation) == [])
        #expect(expectation.associations.count == report.associations.count, "every SA is expected somewhere")
        for flip in Flip.all(of: expectation) {
            #expect(report.differences(from: flip.expectation).count == 1, "\(flip.key)")
        }
    }

    @Test(
        "there and back: what was negotiated in a move's place, or what moves change, goes on along the new path",
        arguments: [("spi-renegotiate", 3), ("algorithm-missing", 2), ("pmtu-larger", 3), ("static-policies", 2)])
    func backAndForth(_ name: String, _ moves: Int) async throws {
        var scenario = try ScenarioLibrary.scenario(name)
        var options = Played.options
        options.moves = moves
        scenario.apply(options)
        let network = try DemoNetwork(scenario, options: options, logger: Played.silence)
        let report = try await network.run { [options] in try await HeadlessRun(network, options: options).play() }
        #expect(report.differences(from: scenario.expectation, moves: moves) == [])
        #expect(report.differences(from: scenario.expectation, moves: moves + 1).count == 1)
        // Where moves do different things, that is said.
        #expect(report.remarks.isEmpty == !["spi-renegotiate", "algorithm-missing"].contains(name))
        for flip in Flip.all(of: scenario.expectation) {
            #expect(!report.differences(from: flip.expectation, moves: moves).isEmpty, "\(flip.key)")
        }
    }

    @Test(
        "each says outcome, losses, signalling, and of every SA type, action, outcome, place and SPI",
        arguments: ScenarioLibrary.names)
    func completeness(_ name: String) throws {
        let scenario = try ScenarioLibrary.scenario(name)
        let expectation = scenario.expectation
        #expect(expectation.lost == 0...0 && expectation.duplicated == 0...0)
        #expect(expectation.replayOffered ?? 0 > 0 && expectation.replayAccepted != nil)
        #expect(expectation.messages != nil && expectation.mobileNodeMessages != nil)
        for association in expectation.associations {
            #expect(association.type != nil && association.action != nil && association.outcome != nil)
            let entry = try #require(scenario.network.associations.first { $0.name == association.name })
            let ends = [entry.from, entry.to].compactMap(scenario.network.network.node)
            guard ends.contains(where: { $0.role != .mobileNode && $0.role != .remoteNode }) else { continue }
            #expect(association.at != nil || association.oneOf != nil, "\(association.name)")
            #expect(association.spi != nil, "\(association.name)")
            if association.outcome == .renegotiated { #expect(association.spi == .changed && association.suite != nil) }
        }
    }

    @Test("all that can be expected is turned round somewhere")
    func flips() throws {
        var turned: Set<String> = []
        for name in ScenarioLibrary.names {
            turned.formUnion(Flip.all(of: try ScenarioLibrary.scenario(name).expectation).map(\.key))
        }
        let known = Mirror(reflecting: ConfigurationFiles.Expectation()).children.compactMap(\.label)
        let ofAssociation = Mirror(reflecting: AssociationExpectation(name: "up")).children.compactMap(\.label)
        #expect(turned.isSuperset(of: Set(known + ofAssociation + ["isStatic"]).subtracting(["associations", "name"])))
    }

    @Test("the user's policies move with the SAs; the operator's stay, and are not doubled")
    func policies() async throws {
        var options = Played.options
        options.rate = 50
        let network = try DemoNetwork(
            try ScenarioLibrary.scenario("static-policies"), options: options, logger: Played.silence)
        let names = try await network.run { [options] in
            let before = try await Self.policies(network)
            _ = try await HeadlessRun(network, options: options).play()
            return (before: before, after: try await Self.policies(network))
        }
        let (users, operators) = (["down out", "up in"], ["all other in", "all other out", "allow-ike", "no-telnet"])
        #expect(names.before == [(users + operators).sorted(), operators])
        #expect(names.after == [operators, (users + operators).sorted()])
    }

    /// The names of all policies at SG1 and at SG2.
    private static func policies(_ network: DemoNetwork) async throws -> [[String]] {
        var names: [[String]] = []
        for gateway: NodeName in ["SG1", "SG2"] {
            let snapshot = try #require(try await network.snapshot(of: gateway))
            names.append(snapshot.policies.map(\.name).sorted())
        }
        return names
    }

    @Test("what to watch is whole on a screen of 80 columns", arguments: ScenarioLibrary.names)
    func lesson(name: String) throws {
        let text = try ScenarioLibrary.scenario(name).watch ?? ""
        #expect(Paragraph(text).lines(width: 35).count <= 11)
    }

    @Test("each says what it is about and what to watch", arguments: ScenarioLibrary.names)
    func words(_ name: String) throws {
        let scenario = try ScenarioLibrary.scenario(name)
        #expect(scenario.name == name)
        #expect(scenario.description?.isEmpty == false && scenario.watch?.isEmpty == false)
    }
}
