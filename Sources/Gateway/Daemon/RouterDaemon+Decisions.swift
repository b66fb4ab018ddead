import ContextTransfer
import GatewayAPI

extension RouterDaemon {
    /// How long the answer to a decision waits for its effect.
    private static let decisionLimit = Duration.seconds(2)

    /// The move once its state is one that `holds`, or as it is when the party did not get there in time.
    func report(of move: ReportedMove, once holds: (MoveState) -> Bool) async -> ReportedMove {
        func isAwaited() -> Bool { ledger[move.id].map { !holds($0.state) } ?? false }
        guard isAwaited() else { return ledger[move.id] ?? move }
        let (news, telling) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let listener = nextListener
        nextListener += 1
        listeners[listener] = telling
        defer { listeners[listener] = nil }
        await withDiscardingTaskGroup { group in
            group.addTask {
                try? await Task.sleep(for: Self.decisionLimit)
                telling.finish()
            }
            for await _ in news where !isAwaited() { break }
            group.cancelAll()
        }
        return ledger[move.id] ?? move
    }

    /// The ledger took something in: those who wait look at it again.
    func tellListeners() { for listener in listeners.values { listener.yield() } }

    /// Counts what was sent since this was called last.
    func countSent() { for (id, octets) in sent.take() { ledger.count(octets: octets, for: id) } }
}
