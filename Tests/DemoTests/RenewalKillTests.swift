import ContextTransfer
import Demo
import ForwardingPath
import Gateway
import GatewayAPI
import Testing

/// A party's daemon is killed, with its embedded stack, while SAs are negotiated anew at another gateway.
@Suite("Daemons killed in a negotiation", .serialized)
struct RenewalKillTests {
    struct Kill: Sendable, CustomTestStringConvertible {
        let node: NodeName
        let phase: MovePhase

        var testDescription: String { "\(node) at \(phase.name)" }

        static let all = ["MN", "SG1", "SG2"].flatMap { (node: NodeName) in
            [MovePhase.prepare, .redirect, .release].map { Kill(node: node, phase: $0) }
        }
    }

    @Test(
        "an SA is in force once, or what became of it was told", .timeLimit(.minutes(2)), arguments: Kill.all)
    func killed(_ kill: Kill) async throws {
        var options = Played.options
        options.timing.retry = .milliseconds(40)
        options.timing.attempts = 8
        let network = try DemoNetwork(
            try ScenarioLibrary.scenario("spi-renegotiate"), options: options, logger: Played.silence)
        try await network.run {
            try await network.move(
                MoveOrder(selection: MoveSelection(names: ["up", "down"])), at: "SG1", killing: kill.node,
                as: kill.phase, withNegotiations: true)
            for name in ["up", "down"] {
                let places = try await network.places(of: name)
                #expect(places.count <= 1, "\(places)")
                // They died with their gateway, or somebody was told.
                let told = try await isTold(network)
                #expect(!places.isEmpty || kill.node != "MN" || told)
            }
        }
    }

    private func isTold(_ network: DemoNetwork) async throws -> Bool {
        for node in network.daemons.keys {
            if try await network.snapshot(of: node)?.events.contains(where: { $0.kind == .renegotiation }) == true {
                return true
            }
        }
        return false
    }
}
