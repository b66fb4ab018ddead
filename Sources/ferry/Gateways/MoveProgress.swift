package import ContextTransfer
package import ForwardingPath
package import GatewayAPI

/// How moves that were begun together go on: what is new of them, and how they end.
package struct MoveProgress: Sendable {
    /// As they were told last, in the order in which they were begun.
    package private(set) var moves: [ReportedMove]
    private var said: [MoveID: Said] = [:]
    private var led: Set<MoveID> = []

    /// What was said of one move.
    private struct Said {
        var ended = 0
        var begun = 0
        var state = ""
    }

    /// The moves as they were begun.
    package init(_ moves: [ReportedMove]) { self.moves = moves }

    /// Whether all have ended.
    package var isOver: Bool { moves.allSatisfy { $0.state.outcome != nil } }

    /// Takes in what a gateway told; gives lines on what is new.
    package mutating func take(_ update: WatchUpdate, by gateway: NodeName) -> [String] {
        var lines: [String] = []
        switch update.content {
        case .snapshot(let all): for move in all.moves { lines += take(move, by: gateway) }
        case .changes(let changes):
            for case .move(let move) in changes.map(\.kind) { lines += take(move, by: gateway) }
        }
        return lines
    }

    /// Takes in a move, of these or another; gives lines on what is new.
    ///
    /// Once its leader has told of it, others count only after the leader was ``lost(_:)``.
    package mutating func take(_ move: ReportedMove, by gateway: NodeName) -> [String] {
        guard let place = moves.firstIndex(where: { $0.id == move.id }) else { return [] }
        if gateway == move.route.source { led.insert(move.id) }
        guard gateway == move.route.source || !led.contains(move.id) else { return [] }
        // What has ended stays as it is.
        guard moves[place].state.outcome == nil || move.state.outcome != nil else { return [] }
        moves[place] = move
        return news(of: move)
    }

    /// A gateway does not know a move. Where that is its leader it ended before anything of it was written down, so that
    /// nothing was taken out of service for it.
    package mutating func forgot(_ id: MoveID, at gateway: NodeName) -> [String] {
        guard let place = moves.firstIndex(where: { $0.id == id && $0.route.source == gateway }),
            moves[place].state.outcome == nil
        else { return [] }
        moves[place].state = .finished(.failed(.unknownMove))
        return news(of: moves[place])
    }

    /// A gateway is not reached any more.
    package mutating func lost(_ gateway: NodeName) {
        for move in moves where move.route.source == gateway { led.remove(move.id) }
    }

    /// The lines with which a person follows it.
    package mutating func news() -> [String] {
        var lines: [String] = []
        for move in moves { lines += news(of: move) }
        return lines
    }

    /// How a command ends that waited for them: a failure weighs more than an abort, and that more than a refusal.
    package var status: CommandStatus? {
        let statuses = moves.compactMap(\.state.outcome).compactMap(\.status)
        return [.failed, .aborted, .refused].first(where: statuses.contains)
    }

    private mutating func news(of move: ReportedMove) -> [String] {
        var said = said[move.id] ?? Said()
        var lines: [String] = []
        for (number, phase) in move.phases.enumerated() {
            if number >= said.begun, phase.end == nil { lines.append("\(phase.phase.name)…") }
            if number >= said.ended, let taken = phase.milliseconds {
                lines.append("\(phase.phase.name): \(phase.done) of \(phase.total) in \(taken) ms")
            }
        }
        said.begun = max(said.begun, move.phases.count)
        said.ended = max(said.ended, move.phases.count { $0.end != nil })
        let state = move.standing
        if state != said.state, !state.isEmpty { lines.append(state) }
        said.state = state
        self.said[move.id] = said
        let name = moves.count == 1 ? "" : "\(move.id.description.prefix(8)) "
        return lines.map { name + $0 }
    }
}

extension ReportedMove {
    /// What a person is told of its state; empty while it just runs.
    fileprivate var standing: String {
        switch state {
        case .running: return ""
        case .queued: return waitingReason.isEmpty ? "waits for another move" : waitingReason
        case .settling: return waitingReason.isEmpty ? "finds out how it ended" : waitingReason
        case .awaitingApproval:
            let nodes = approvalsMissing.map(\.text).joined(separator: " and ")
            return "waits for an operator of \(nodes): ferry approve \(id.description.prefix(8))"
        case .stepping(let phase): return "waits before \(phase.name): ferry proceed \(id.description.prefix(8))"
        case .finished(let outcome):
            let reason = outcome.reason.map { ": \($0)" } ?? ""
            let pause = pause.map { ", pause \(Int($0.milliseconds.rounded())) ms" } ?? ""
            return outcome.name + reason + pause
        }
    }
}

extension MoveOutcome {
    /// How a command ends that waited for it; `nil` when it completed.
    package var status: CommandStatus? {
        switch self {
        case .completed: nil
        case .refused: .refused
        case .aborted(.aborted): .aborted
        case .aborted, .failed, .ended: .failed
        }
    }
}
