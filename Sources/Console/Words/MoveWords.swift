import ContextTransfer
import ForwardingPath
import GatewayAPI

/// A move in words.
enum MoveWords {
    /// Enough of its name to tell it from others: eight digits.
    static func short(_ id: MoveID) -> String { String(id.description.prefix(8)) }

    /// Its SAs: `up, down`, or how many there are.
    static func names(_ move: ReportedMove) -> String {
        move.names.count <= 3 ? move.names.joined(separator: ", ") : Count.of(move.names.count, "SA", "SAs")
    }

    /// Where it stands, in a word or two.
    static func state(_ move: ReportedMove) -> String {
        switch move.state {
        case .queued: "queued"
        case .running: move.phases.last?.phase.name ?? "running"
        case .awaitingApproval: "to approve"
        case .stepping(let phase): "before \(phase.name)"
        case .settling: "settling"
        case .finished(let outcome): outcome.name
        }
    }

    /// Why it waits, or how it ended; empty while it just runs.
    static func remark(_ merged: MergedMove) -> String {
        let move = merged.move
        switch move.state {
        case .queued:
            return move.waitingReason.isEmpty ? "waits for another move" : move.waitingReason
        case .awaitingApproval:
            let who = approvers(of: move).map(\.text).joined(separator: " and ")
            return "waits for an operator at \(who)"
        case .stepping(let phase): return "waits for a key before \(phase.name)"
        case .settling:
            return move.waitingReason.isEmpty ? "finds out how it ended" : move.waitingReason
        case .running: return move.waitingReason
        case .finished(let outcome): return outcome.reason?.description ?? ""
        }
    }

    /// How it ended and why, in one go: `aborted by alice`, `failed: the taker did not answer in time`.
    static func outcome(_ outcome: MoveOutcome) -> String {
        guard let reason = outcome.reason?.description else { return outcome.name }
        return reason.hasPrefix(outcome.name) ? reason : "\(outcome.name): \(reason)"
    }

    /// The nodes whose operators have not agreed.
    static func approvers(of move: ReportedMove) -> [NodeName] {
        guard case .awaitingApproval(let roles) = move.state else { return [] }
        let missing = [MoveRole.source, .target, .holder, .taker].filter(roles.contains).compactMap { move.route[$0] }
        return missing.isEmpty ? [move.route.source] : missing
    }

    /// Why it cannot be aborted; `isLeaders`: whether it is told by the one that leads it, who alone knows.
    static func unabortable(_ move: ReportedMove, isLeaders: Bool) -> String {
        let leader = move.route.source
        switch move.state {
        case .finished(let outcome): return "it is over: \(outcome.name)"
        case .settling where isLeaders: return "it is already being undone, or finds out how it ended"
        case .queued where isLeaders: return "\(leader) takes no abort of it while it waits for another move"
        case .awaitingApproval where isLeaders: return "\(leader) takes no abort of it while it waits for approval"
        case .running where isLeaders, .stepping where isLeaders:
            return "it has passed the point of no return; move back when it is done"
        case .queued, .running, .awaitingApproval, .stepping, .settling:
            return "only \(leader), which leads it, can, and has told nothing of it here"
        }
    }
}
