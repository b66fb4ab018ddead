import Console
import ContextTransfer
import ForwardingPath
import GatewayAPI

/// `ferry history` of gateways.
package struct HistorySession: Sendable {
    private let chronicle: Chronicle
    private let move: String
    private let limit: Int?

    /// From what the command was told.
    package init(_ chronicle: Chronicle, move: String, limit: Int?) {
        (self.chronicle, self.move, self.limit) = (chronicle, move, limit)
    }

    /// Asks all gateways and prints what their journals have.
    package func run(_ access: GatewayAccess, format: OutputFormat, to output: Output) async throws -> CommandStatus? {
        if chronicle == .drain { return try await tellDrains(access, format, to: output) }
        let survey = await Survey(access) { client in (try await client.describe().node, try await read(client)) }
        for missed in survey.missed { output.note("ferry: \(missed)") }
        guard !survey.found.isEmpty else { return survey.status }
        var seen: Set<NodeName> = []
        let answers = survey.found.map(\.answer).filter { seen.insert($0.0).inserted }
        switch chronicle {
        case .events:
            let events = answers.flatMap { node, history in history.events.map { Told($0, by: node) } }.sorted {
                ($0.thing.clock, $0.gateway, $0.thing.number) < ($1.thing.clock, $1.gateway, $1.thing.number)
            }
            try output.result(
                Report(name: "events", columns: eventColumns, items: events, missed: survey.missed).text(format))
        case .moves:
            let moves = answers.flatMap { node, history in history.moves.map { Told($0, by: node) } }.merged
            try output.result(
                Report(name: "moves", columns: moveColumns, items: moves, missed: survey.missed).text(format))
        case .drain: break
        }
        return survey.status
    }

    /// Prints what became of each of a drain's moves, and its totals beside that.
    private func tellDrains(
        _ access: GatewayAccess, _ format: OutputFormat, to output: Output
    ) async throws -> CommandStatus? {
        let survey = await Survey(access) { client in (try await client.describe().node, try await drained(client)) }
        for missed in survey.missed { output.note("ferry: \(missed)") }
        guard !survey.found.isEmpty else { return survey.status }
        var seen: Set<NodeName> = []
        let answers = survey.found.map(\.answer).filter { seen.insert($0.0).inserted }
        for (_, report) in answers { if let drain = report.drain { output.note(drain.words) } }
        let lines = answers.flatMap { node, report in report.drained.map { Told($0, by: node) } }
        try output.result(
            Report(name: "drained", columns: drainedColumns, items: lines, missed: survey.missed).text(format))
        return survey.status
    }

    /// All of a gateway's drain.
    private func drained(_ client: GatewayClient) async throws(RequestFailure) -> DrainedReport {
        var query = DrainedQuery(limit: 1_000)
        var report = DrainedReport(drain: nil, drained: [], hasMore: true)
        while report.hasMore {
            let next = try await client.drained(query)
            report.drain = next.drain
            report.drained += next.drained.filter { $0.number > query.after && isWanted($0.move) }
            if let limit { report.drained = report.drained.suffix(limit) }
            // One that tells the same again has no more.
            report.hasMore = next.hasMore && (next.drained.last?.number ?? 0) > query.after
            query.after = next.drained.last?.number ?? query.after
        }
        return report
    }

    /// The newest of a gateway, which gives the oldest first.
    private func read(_ client: GatewayClient) async throws(RequestFailure) -> HistoryReport {
        let limit = limit ?? Self.usual
        var query = HistoryQuery(limit: HistoryQuery.limits.upperBound)
        var history = HistoryReport(moves: [], events: [], hasMore: true)
        while history.hasMore {
            let next = try await client.history(query)
            let events = next.events.filter { $0.number > query.after && isWanted($0.move) }
            history.events = (history.events + events).suffix(limit)
            history.moves = next.moves.filter { isWanted($0.id) }.suffix(limit)
            // One that tells the same again has no more.
            history.hasMore = next.hasMore && (next.events.last?.number ?? 0) > query.after
            query.after = next.events.last?.number ?? query.after
        }
        return history
    }

    /// How many moves and events are told where nobody says.
    private static let usual = 200

    private func isWanted(_ id: MoveID?) -> Bool { move.isEmpty || id?.description.hasPrefix(move) == true }
}
