import ContextTransfer
import Demo
import ForwardingPath
import Gateway
import GatewayAPI
import Synchronization
import Testing

extension DemoNetwork {
    /// Orders moves at a gateway until a node's daemon was killed as a phase of one began, and everything has settled:
    /// a machine that stands still may end a move before that phase.
    ///
    /// - Parameter party: the node whose phases count; `nil`: any.
    func move(
        _ order: MoveOrder, at gateway: NodeName, killing node: NodeName, as phase: MovePhase,
        of party: NodeName? = nil, withNegotiations: Bool = false
    ) async throws {
        let isKilled = Mutex(false)
        onMoveEvent { [weak self] event, place in
            guard case .entered(phase) = event.kind, party == nil || party == place,
                isKilled.withLock({ isKilled in
                    defer { isKilled = true }
                    return !isKilled
                })
            else { return }
            self?.kill(node)
        }
        let daemon = try #require(daemons[gateway])
        repeat {
            _ = try await daemon.move(order, by: Caller(name: "test", role: .operator))
            try await settle(withNegotiations: withNegotiations)
        } while !isKilled.withLock { $0 }
    }

    /// Waits until no daemon has a move that goes on, or a negotiation where that is asked for.
    func settle(withNegotiations: Bool = false) async throws {
        var quiet = 0
        let deadline = ContinuousClock.now + .seconds(20)
        while quiet < 8 {
            guard ContinuousClock.now < deadline else {
                Issue.record("something goes on for too long")
                return try await report()
            }
            try await Task.sleep(for: .milliseconds(50))
            var isQuiet = true
            for (node, daemon) in daemons {
                let moves = try await snapshot(of: node)?.moves
                let isNegotiating = withNegotiations ? await daemon.isNegotiating : false
                isQuiet = isQuiet && !isNegotiating && moves?.allSatisfy { $0.state.outcome != nil } == true
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
