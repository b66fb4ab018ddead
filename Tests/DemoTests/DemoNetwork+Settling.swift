import ContextTransfer
import Demo
import ForwardingPath
import GatewayAPI
import Testing

extension DemoNetwork {
    /// Waits until no daemon has a move that goes on.
    func settle() async throws {
        var quiet = 0
        let deadline = ContinuousClock.now + .seconds(20)
        while quiet < 5 {
            guard ContinuousClock.now < deadline else { return try await report() }
            try await Task.sleep(for: .milliseconds(50))
            var isQuiet = true
            for node in daemons.keys {
                let moves = try await snapshot(of: node)?.moves
                isQuiet = isQuiet && moves?.allSatisfy { $0.state.outcome != nil } == true
            }
            quiet = isQuiet ? quiet + 1 : 0
        }
    }

    /// Says what goes on for too long.
    private func report() async throws {
        for node in daemons.keys.sorted() {
            for move in try await snapshot(of: node)?.moves ?? [] where move.state.outcome == nil {
                Issue.record("\(node) goes on with a move: \(move.state), phases \(move.phases.map(\.phase.name))")
            }
        }
    }
}
