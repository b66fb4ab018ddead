import Console
import ContextTransfer
import ForwardingPath
package import GatewayAPI

/// `ferry drain`.
package struct DrainSession: Sendable {
    /// What is to be drained, and how.
    let order: MoveOrder
    /// Whether to wait for the end.
    let waits: Bool

    /// From what the command was told; the order names the gateway.
    package init(_ order: MoveOrder, waits: Bool) { (self.order, self.waits) = (order, waits) }

    /// Gives the order to the gateway, tells how far it is, and prints how it ended.
    package func run(_ access: GatewayAccess, format: OutputFormat, to output: Output) async throws -> CommandStatus? {
        let survey = await Survey(access) { try await $0.describe().node }
        for missed in survey.missed { output.note("ferry: \(missed)") }
        guard !survey.found.isEmpty, let gateway = order.selection.from else { return survey.status }
        let address = try survey.address(of: gateway)
        let drain: ReportedDrain
        do {
            drain = try await GatewayClient.connected(to: address, tls: access.tls) { [order] client in
                try await client.drain(order)
            }
        } catch let failure as RequestFailure {
            throw CommandFailure(failure, at: gateway.text)
        }
        output.note(drain.words)
        let link = GatewayLink(address: address, tls: access.tls, options: .drains)
        let last = waits ? await Self.follow(drain, over: link, to: output) : drain
        try output.result(
            Report(name: "drains", columns: drainColumns, items: [Told(last, by: gateway)]).text(format))
        return waits ? last.status : nil
    }

    /// How it is when its last move has ended.
    private static func follow(_ drain: ReportedDrain, over link: GatewayLink, to output: Output) async -> ReportedDrain
    {
        var last = drain
        await withDiscardingTaskGroup { group in
            group.addTask { await link.run() }
            for await news in link.news {
                for line in take(news, &last, by: drain.gateway) { output.note(line) }
                if last.end != nil { break }
            }
            group.cancelAll()
        }
        return last
    }

    private static func take(_ news: LinkNews, _ last: inout ReportedDrain, by gateway: NodeName) -> [String] {
        switch news {
        case .connecting, .described: return []
        case .unreachable(let reason): return ["\(gateway) is not reached, and is tried again: \(reason)"]
        case .updated(let update):
            var lines: [String] = []
            var now: ReportedDrain?
            switch update.content {
            case .snapshot(let all): now = all.drain
            case .changes(let changes):
                for change in changes {
                    if case .drain(let drain) = change.kind { now = drain }
                    guard case .move(let move) = change.kind, case .finished(let outcome) = move.state,
                        let reason = outcome.reason
                    else { continue }
                    lines.append("\(move.names.joined(separator: ", ")): \(outcome.name): \(reason)")
                }
            }
            if let now, now != last {
                last = now
                lines.append(now.words)
            }
            return lines
        }
    }
}

extension ReportedDrain {
    /// How a command ends that waited for it: by the worst that became of SAs that had to leave.
    var status: CommandStatus? {
        if failed > 0 { return .failed }
        if refused > 0 || stuckAssociations > 0 { return .refused }
        return aborted > 0 || leftOut > 0 ? .aborted : nil
    }
}

extension WatchOptions {
    /// For who follows a drain: no traffic, no events, and not more than five lines a second.
    static let drains = WatchOptions(traffic: false, interval: 200, events: 0)
}
