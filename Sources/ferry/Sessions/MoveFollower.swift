import Console
import ContextTransfer
import GatewayAPI

/// Follows moves at one gateway to their end, also over its restarts.
struct MoveFollower: Sendable {
    /// Not running yet.
    let link: GatewayLink

    /// Returns when all have ended.
    func follow(_ progress: inout MoveProgress, name: String, to output: Output) async {
        await withDiscardingTaskGroup { group in
            group.addTask { await link.run() }
            for await news in link.news {
                switch news {
                case .connecting, .described: break
                case .unreachable(let reason): output.note("\(name) is not reached, and is tried again: \(reason)")
                case .updated(let update):
                    for line in progress.take(update) { output.note(line) }
                    if case .snapshot(let all) = update.content {
                        for line in await lookBack(&progress, unless: all.moves) { output.note(line) }
                    }
                }
                if progress.isOver { break }
            }
            group.cancelAll()
        }
    }

    /// A snapshot has moves under way and those that ended lately: what is not in it has ended before.
    private func lookBack(_ progress: inout MoveProgress, unless current: [ReportedMove]) async -> [String] {
        var lines: [String] = []
        for move in progress.moves where move.state.outcome == nil && !current.contains(where: { $0.id == move.id }) {
            guard let past = try? await link.history(HistoryQuery(move: move.id)) else { continue }
            for move in past.moves { lines += progress.take(move) }
        }
        return lines
    }
}

extension WatchOptions {
    /// For who follows moves: no traffic, no events.
    static let moves = WatchOptions(traffic: false, interval: 50, events: 0)
}
