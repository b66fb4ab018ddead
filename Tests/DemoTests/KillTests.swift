import ContextTransfer
import Demo
import ForwardingPath
import Gateway
import GatewayAPI
import Testing

/// Any party's daemon is killed, with its embedded stack, at any phase of a move.
@Suite("Killed daemons", .serialized)
struct KillTests {
    /// A party, and when it is killed: as the phase begins.
    struct Kill: Sendable, CustomTestStringConvertible {
        let node: NodeName
        let phase: MovePhase

        var testDescription: String { "\(node) at \(phase.name)" }

        static let all = ["MN", "PR", "SG1", "NR", "SG2"].flatMap { (node: NodeName) in
            MovePhase.allCases.filter { $0 != .approve }.map { Kill(node: node, phase: $0) }
        }
    }

    @Test("SAs are never in force twice, and what ended was told", .timeLimit(.minutes(2)), arguments: Kill.all)
    func killed(_ kill: Kill) async throws {
        var options = Played.options
        options.timing.retry = .milliseconds(40)
        options.timing.attempts = 8
        options.timing.preparedLimit = .seconds(1)
        let network = try Played.network(options)
        try await network.run {
            try await network.move(
                MoveOrder(selection: MoveSelection(names: ["up", "down"])), at: "SG1", killing: kill.node,
                as: kill.phase)
            for name in ["up", "down"] {
                let places = try await network.places(of: name)
                #expect(places.count <= 1)
                guard places.isEmpty else { continue }
                // They died with their gateway, or were ended, and then somebody was told.
                let told = try await isTold(network)
                #expect(kill.node == "SG1" || told)
            }
        }
    }

    private func isTold(_ network: DemoNetwork) async throws -> Bool {
        for node in network.daemons.keys {
            let events = try await network.snapshot(of: node)?.events ?? []
            if events.contains(where: {
                $0.kind == .renegotiation || $0.kind == .alarm && $0.text.contains("ended with its stack")
            }) {
                return true
            }
        }
        return false
    }
}
