import ContextTransfer
package import ForwardingPath
import Gateway
package import GatewayAPI

extension DemoReport {
    /// How a gateway was drained.
    package struct Drain: Hashable, Sendable {
        package let gateway: NodeName
        /// Whose SAs it was to move, in how many moves, and how many SAs.
        package let users: Int
        package let moves: Int
        package let associations: Int
        /// The SAs that are at another gateway, and that stayed because nobody took them, an operator ended their move, or
        /// that failed.
        package let moved: Int
        package let refused: Int
        package let aborted: Int
        package let failed: Int
        /// The SAs that had to leave and for which there was no move.
        package let stuck: Int
        /// SAs that it was not to move.
        package let staying: Int
        /// What each gateway took.
        package let targets: [DrainTarget]
        /// From the order to the end of the last move.
        package let duration: Duration
        /// What had to leave and did not: moves that were not completed, and SAs for which there was none.
        package let stayed: [Stayed]
    }

    /// SAs of a drain that did not move.
    package struct Stayed: Hashable, Sendable {
        package let user: String
        package let names: [String]
        /// The last gateway that was to take them; `nil` where none was to.
        package let to: NodeName?
        /// What became of them, in a word.
        package let outcome: String
        package let reason: String

        /// In a sentence without full stop.
        var words: String {
            let owner = user.isEmpty ? "" : " of \(user)"
            return "\(names.joined(separator: ", "))\(owner): \(outcome)" + (reason.isEmpty ? "" : ", \(reason)")
        }
    }
}

extension DemoReport.Drain {
    /// The last drain of each gateway that had one.
    static func all(in network: DemoNetwork) async -> [Self] {
        var drains: [Self] = []
        for (_, daemon) in network.gateways.sorted(by: { $0.key < $1.key }) {
            var query = DrainedQuery(limit: DrainedQuery.limits.upperBound)
            var report = await daemon.drained(query)
            var lines = report.drained
            while report.hasMore, let last = lines.last {
                query.after = last.number
                report = await daemon.drained(query)
                lines += report.drained
            }
            if let drain = report.drain { drains.append(Self(drain, lines)) }
        }
        return drains
    }

    private init(_ drain: ReportedDrain, _ lines: [ReportedDrained]) {
        (gateway, users, moves, associations) = (drain.gateway, drain.users, drain.moves, drain.associations)
        (moved, staying, targets) = (drain.moved, drain.staying, drain.targets)
        (refused, aborted) = (drain.refusedAssociations, drain.abortedAssociations)
        (failed, stuck) = (drain.failedAssociations, drain.stuckAssociations)
        let end = (drain.end ?? drain.start).milliseconds
        duration = .milliseconds(Int64(clamping: end - min(end, drain.start.milliseconds)))
        stayed = lines.filter { $0.outcome != .completed }.map { line in
            DemoReport.Stayed(
                user: line.user, names: line.names, to: line.to, outcome: line.word,
                reason: line.outcome?.reason?.description ?? "")
        }
    }

    /// The whole of it in one line.
    var words: String {
        let seconds = Double((duration / .milliseconds(100)).rounded()) / 10
        let took = targets.map { "\($0.associations) to \($0.gateway)" }.joined(separator: ", ")
        return "drain of \(gateway): \(associations) SAs of \(users) users in \(moves) moves, \(seconds) s; "
            + "\(moved) SAs moved\(took.isEmpty ? "" : " (\(took))"), \(refused) refused, "
            + (aborted > 0 ? "\(aborted) aborted, " : "")
            + "\(failed) failed; " + (stuck > 0 ? "\(stuck) more cannot move, " : "")
            + "\(staying) more \(staying == 1 ? "is" : "are") not a drain's to move"
    }
}
