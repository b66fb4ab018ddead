import Console
import ContextTransfer
import ForwardingPath
import GatewayAPI

/// Follows moves at gateways to their end, also over a restart of these.
struct MoveFollower: Sendable {
    /// Not running yet: of the leader, and of another party for as long as the leader says nothing.
    let links: [NodeName: GatewayLink]

    /// Returns when all have ended.
    func follow(_ progress: inout MoveProgress, to output: Output) async {
        let (news, continuation) = AsyncStream.makeStream(of: (gateway: NodeName, item: LinkNews).self)
        await withDiscardingTaskGroup { group in
            for (gateway, link) in links {
                group.addTask { await link.run() }
                group.addTask { for await item in link.news { continuation.yield((gateway, item)) } }
            }
            for await (gateway, item) in news {
                for line in await take(item, by: gateway, &progress) { output.note(line) }
                if progress.isOver { break }
            }
            group.cancelAll()
        }
    }

    private func take(_ news: LinkNews, by gateway: NodeName, _ progress: inout MoveProgress) async -> [String] {
        switch news {
        case .connecting, .described: return []
        case .unreachable(let reason):
            progress.lost(gateway)
            return ["\(gateway) is not reached, and is tried again: \(reason)"]
        case .updated(let update):
            var lines = progress.take(update, by: gateway)
            guard case .snapshot(let all) = update.content else { return lines }
            // A snapshot has moves under way and those that ended lately: others have ended before.
            let current = Set(all.moves.map(\.id))
            for move in progress.moves where move.state.outcome == nil && !current.contains(move.id) {
                let past = try? await links[gateway]?.history(HistoryQuery(move: move.id))
                for move in past?.moves ?? [] { lines += progress.take(move, by: gateway) }
                if let past, past.moves.isEmpty { lines += progress.forgot(move.id, at: gateway) }
            }
            return lines
        }
    }
}

extension WatchOptions {
    /// For who follows moves: no traffic, no events.
    static let moves = WatchOptions(traffic: false, interval: 50, events: 0)
}
