import ConfigurationFiles
import Demo
import ForwardingPath
import GatewayAPI
import IPsec
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
        for wrong in Self.flips(of: expectation) { #expect(report.differences(from: wrong) != []) }
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

    @Test("each says what it is about and what to watch", arguments: ScenarioLibrary.names)
    func words(_ name: String) throws {
        let scenario = try ScenarioLibrary.scenario(name)
        #expect(scenario.name == name)
        #expect(scenario.description?.isEmpty == false && scenario.watch?.isEmpty == false)
    }

    /// The expectation with one thing wrong, for each thing that it names.
    private static func flips(of expectation: ConfigurationFiles.Expectation) -> [ConfigurationFiles.Expectation] {
        var flips: [ConfigurationFiles.Expectation] = []
        func flip(_ change: (inout ConfigurationFiles.Expectation) -> Void) {
            var wrong = expectation
            change(&wrong)
            flips.append(wrong)
        }
        flip { $0.outcome = $0.outcome == .failed ? .aborted : .failed }
        if let count = expectation.completed { flip { $0.completed = count + 1 } }
        if let count = expectation.refused { flip { $0.refused = count + 1 } }
        for (node, count) in expectation.counts { flip { $0.counts[node] = count + 1 } }
        if let count = expectation.refusals { flip { $0.refusals = count + 1 } }
        if expectation.mobileNodeMessages != nil { flip { $0.mobileNodeMessages = 1_000...1_001 } }
        // Of thousands that are all alike, some will do.
        let all = expectation.associations.indices
        for index in Array(all.prefix(5)) + all.dropFirst(5).suffix(10) {
            let association = expectation.associations[index]
            if association.type != nil {
                flip { $0.associations[index].type = association.type == .known(.four) ? .known(.one) : .known(.four) }
            }
            if let action = association.action {
                flip { $0.associations[index].action = action == .conflict ? .pending : .conflict }
            }
            if let outcome = association.outcome {
                flip { $0.associations[index].outcome = outcome == .ended ? .refused : .ended }
            }
            if let octets = association.pathMTU { flip { $0.associations[index].pathMTU = octets + 1 } }
            if association.oneOf != nil { flip { $0.associations[index].oneOf = ["nowhere"] } }
            if let spi = association.spi {
                flip { $0.associations[index].spi = spi == .kept ? .changed : .kept }
            }
            if association.at != nil { flip { $0.associations[index].at = ["nowhere"] } }
        }
        return flips
    }
}
