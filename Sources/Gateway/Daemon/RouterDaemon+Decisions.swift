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
            await self.wait(for: news, about: move.id, until: holds)
            group.cancelAll()
        }
        return ledger[move.id] ?? move
    }

    /// Waits for news after which the move is as it should be. A method of its own: after an `await` the body of a task
    /// group is not on the actor's executor (Swift 6.3.1), and the ledger is the actor's.
    private func wait(for news: AsyncStream<Void>, about id: MoveID, until holds: (MoveState) -> Bool) async {
        for await _ in news where ledger[id].map({ holds($0.state) }) ?? true { return }
    }

    /// The ledger took something in: those who wait look at it again.
    func tellListeners() { for listener in listeners.values { listener.yield() } }

    /// Counts what was sent since this was called last.
    func countSent() { for (id, octets) in sent.take() { ledger.count(octets: octets, for: id) } }
}
