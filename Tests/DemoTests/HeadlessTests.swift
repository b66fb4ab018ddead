import ConfigurationFiles
import ContextTransfer
import Demo
import ForwardingPath
import Foundation
import Gateway
import GatewayAPI
import IPsec
import Testing

@Suite("Scenarios played headless", .serialized)
struct HeadlessTests {
    @Test("figure 10: the pair moves under traffic, nothing is lost, doubled or replayed", .timeLimit(.minutes(1)))
    func figure10() async throws {
        let report = try await Played.figure10(Played.options)
        let scenario = try ScenarioLibrary.scenario("figure-10")
        #expect(report.differences(from: scenario.expectation) == [])
        #expect(report.outcome == .completed)
        #expect(report.associations.map(\.name) == ["up", "down"])
        #expect(report.associations.allSatisfy { $0.type == .five && $0.action == .move && $0.outcome == .moved })
        #expect(report.associations.allSatisfy { $0.before == $0.after && $0.at == ["SG2"] })
        #expect(report.traffic.allSatisfy { $0.sent > 0 && $0.lost == 0 && $0.duplicated == 0 })
        #expect(report.replay.offered > 0)
        #expect(report.replay.accepted == 0)
        #expect(report.signalling.mobileNodeMessages == 0)
        #expect(report.phases.map(\.name).contains("install"))
    }

    @Test("the static context of an AES-GCM-256 tunnel SA takes at most 200 octets, the dynamic one 64")
    func contextSizes() async throws {
        let report = try await Played.figure10(Played.options)
        #expect((1...200).contains(report.signalling.staticBytesPerAssociation))
        #expect((1...64).contains(report.signalling.dynamicBytesPerAssociation))
    }

    @Test("there and back: after each move MN's paths are turned", .timeLimit(.minutes(1)), arguments: [2, 5])
    func backAndForth(_ moves: Int) async throws {
        var options = Played.options
        options.moves = moves
        let report = try await Played.figure10(options)
        let scenario = try ScenarioLibrary.scenario("figure-10")
        #expect(report.differences(from: scenario.expectation, moves: moves) == [])
        #expect(report.pause.pauses.count == moves)
    }

    @Test(
        "a row of the report is of one move, the last, also where the first did something else", .timeLimit(.minutes(1))
    )
    func lastRound() async throws {
        var options = Played.options
        options.moves = 2
        let scenario = try ScenarioLibrary.scenario("spi-renegotiate")
        let report = try await Played.play(scenario, options)
        #expect(report.differences(from: scenario.expectation, moves: 2) == [])
        let pair = report.associations.filter { $0.name != "other" }
        #expect(pair.map(\.name) == ["up", "down"])
        for association in pair {
            #expect(association.action == .move && association.outcome == .moved, "\(association.name)")
            #expect(association.moves.map(\.from) == ["SG2"] && association.moves.map(\.to) == ["SG1"])
            #expect(association.at == ["SG1"] && association.origins == ["SG1"])
        }
    }

    @Test("every ESP suite moves", .timeLimit(.minutes(1)), arguments: AlgorithmSuite.allESP)
    func suite(_ suite: AlgorithmSuite) async throws {
        var options = Played.options
        options.suite = suite
        let report = try await Played.figure10(options)
        #expect(report.outcome == .completed)
        #expect(report.traffic.allSatisfy { $0.sent > 0 && $0.lost == 0 && $0.duplicated == 0 })
        #expect(report.replay.accepted == 0)
    }

    @Test("what is not as expected is said", arguments: Flip.allCases)
    func flipped(_ flip: Flip) async throws {
        let report = try await Shared.report()
        var expectation = try ScenarioLibrary.scenario("figure-10").expectation
        #expect(report.differences(from: expectation) == [])
        flip.apply(to: &expectation)
        #expect(report.differences(from: expectation).count == 1)
    }

    /// An expectation that does not hold.
    enum Flip: CaseIterable {
        case outcome, type, action, associationOutcome, place

        func apply(to expectation: inout ConfigurationFiles.Expectation) {
            switch self {
            case .outcome: expectation.outcome = .refused
            case .type: expectation.associations[0].type = .known(.four)
            case .action: expectation.associations[0].action = PlannedAction.none
            case .associationOutcome: expectation.associations[0].outcome = .ended
            case .place: expectation.associations[0].at = ["SG1"]
            }
        }
    }

    /// One report for all flips.
    private actor Shared {
        private static let shared = Shared()
        private var played: DemoReport?

        static func report() async throws -> DemoReport { try await shared.report() }

        private func report() async throws -> DemoReport {
            if let played { return played }
            let report = try await Played.figure10(Played.options)
            played = report
            return report
        }
    }

    @Test("the JSON report has the keys that others script against")
    func keys() async throws {
        let report = try await Shared.report()
        let object = try JSONSerialization.jsonObject(with: Data(report.json().utf8))
        let top = try #require(object as? [String: Any])
        #expect(
            Set(top.keys) == [
                "scenario", "outcome", "associations", "traffic", "replay", "pause", "phases", "signalling", "requests",
                "drains",
            ])
        let association = try #require((top["associations"] as? [[String: Any]])?.first)
        #expect(Set(association.keys).isSuperset(of: ["name", "type", "action", "outcome", "moves", "spi"]))
        #expect(association["suite"] as? String == "aes-gcm-16-256")
        #expect(association["gatewayAddresses"] as? [String] == ["127.10.0.3"])
        #expect(top["requests"] as? [String: Int] == ["granted": 0, "refused": 0])
        #expect(association["spi"] as? [String: String] == ["before": "0x00001001", "after": "0x00001001"])
        #expect(association["moves"] as? [[String: String]] == [["from": "SG1", "to": "SG2"]])
        let traffic = try #require((top["traffic"] as? [[String: Any]])?.first)
        #expect(Set(traffic.keys) == ["from", "to", "sent", "received", "lost", "duplicated"])
        let pause = try #require(top["pause"] as? [String: Any])
        #expect(Set(pause.keys) == ["count", "p50Milliseconds", "p99Milliseconds", "maxMilliseconds"])
        let signalling = try #require(top["signalling"] as? [String: Any])
        #expect(
            Set(signalling.keys) == [
                "messages", "bytes", "mobileNodeMessages", "staticBytesPerAssociation", "dynamicBytesPerAssociation",
                "planMessages", "planBytes",
            ])
    }

    @Test("the 99th percentile of 100 moves is the 99th of 100 sorted values")
    func percentile() {
        let pause = DemoReport.Pause((1...100).reversed().map { .milliseconds($0) })
        #expect(pause.percentile(0.99) == .milliseconds(99))
        #expect(pause.percentile(0.5) == .milliseconds(50))
        #expect(DemoReport.Pause([]).percentile(0.99) == .zero)
    }

    @Test(
        "in an ordinary move nobody says what others do not take, also once an address has moved",
        .timeLimit(.minutes(1)))
    func nothingDropped() async throws {
        let network = try Played.network(Played.options)
        try await network.run {
            _ = try await HeadlessRun(network, options: Played.options).play()
            // It plans with a gateway whose address is elsewhere now.
            _ = try await network.daemons["MN"]?.plan(MoveSelection())
            for node in network.daemons.keys {
                let events = try await network.snapshot(of: node)?.events ?? []
                #expect(events.filter { $0.action == "drop" }.map(\.text) == [], "\(node)")
            }
        }
    }
}
