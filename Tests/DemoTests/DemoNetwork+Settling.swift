import ContextTransfer
import Demo
import ForwardingPath
import Gateway
import GatewayAPI
import Synchronization
import Testing

extension DemoNetwork {
    /// Kills a node's daemon as a phase of a move begins at a party, the first time that it does; tells when.
    ///
    /// - Parameter party: the node whose phases count; `nil`: any.
    func killOnce(_ node: NodeName, as phase: MovePhase, at party: NodeName? = nil) -> AsyncStream<Void> {
        let (killed, killing) = AsyncStream.makeStream(of: Void.self)
        let isKilled = Mutex(false)
        onMoveEvent { [weak self] event, place in
            guard case .entered(phase) = event.kind, party == nil || party == place,
                !isKilled.withLock({ was in
                    defer { was = true }; return was
                })
            else { return }
            self?.kill(node)
            killing.yield()
        }
        return killed
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
