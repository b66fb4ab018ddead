package import ForwardingPath

/// How far a drain is, as its gateway tells it.
package struct ReportedDrain: Hashable, Sendable {
    /// The gateway that is drained.
    package var gateway: NodeName
    /// Who asked for it.
    package var requestedBy: String
    /// When it began.
    package var start: ClockTime
    /// When the last of its moves ended; `nil` until then.
    package var end: ClockTime?
    /// Its moves, each of one user.
    package var moves: Int
    /// Those that are completed.
    package var completed = 0
    /// Those that no gateway took, or to which an operator did not agree.
    package var refused = 0
    /// Those that an operator, or a change of their SAs, ended before the switch.
    package var aborted = 0
    /// Those that failed.
    package var failed = 0
    /// Those that never begin, because it was stopped.
    package var leftOut = 0
    /// Those under way.
    package var running = 0
    /// The SAs that it moves.
    package var associations: Int
    /// The SAs that have no reason to leave.
    package var staying: Int
    /// Who stopped it; empty where nobody did.
    package var stoppedBy = ""
    /// How many users the SAs are of that it moves.
    package var users = 0
    /// What is completed, by the gateway that has it now.
    package var targets: [DrainTarget] = []
    /// The SAs of moves that were refused.
    package var refusedAssociations = 0
    /// The SAs of moves that were aborted.
    package var abortedAssociations = 0
    /// The SAs of moves that failed.
    package var failedAssociations = 0
    /// The SAs that had to leave and for which there was no move: each is in the record, refused.
    package var stuckAssociations = 0

    /// One that has not begun any move.
    package init(
        gateway: NodeName, requestedBy: String, start: ClockTime, moves: Int, associations: Int, staying: Int
    ) {
        (self.gateway, self.requestedBy, self.start) = (gateway, requestedBy, start)
        (self.moves, self.associations, self.staying) = (moves, associations, staying)
    }

    /// Whether it was interrupted by a restart, and waits until it is settled what was under way: how many moves are
    /// left of it is not known yet.
    package var isInterrupted: Bool { moves == 0 && end == nil }
    /// Moves that ended, one way or the other.
    package var ended: Int { completed + refused + aborted + failed }
    /// The SAs of moves that are completed.
    package var moved: Int { targets.reduce(0) { $0 + $1.associations } }
    /// Moves that have not ended, and may.
    package var left: Int { moves - ended - leftOut }
    /// Moves that ended other than completed, each kind with its word and how many there are.
    package var unsuccessful: [(count: Int, word: String)] {
        [(refused, "refused"), (aborted, "aborted"), (failed, "failed")].filter { $0.0 > 0 }
    }

    /// Whether everything that had to leave either left, or may yet.
    package var isClean: Bool { unsuccessful.isEmpty && leftOut == 0 && stuckAssociations == 0 }

    /// In one line, such as `SG1: 312 of 1000 moves completed, 1 refused, 32 under way, 655 wait; 416 SAs to SG2,
    /// 208 SAs to SG3; 5 SAs cannot move; 3 SAs stay`.
    package var words: String {
        if isInterrupted { return "\(gateway): goes on when it is settled what the restart interrupted" }
        var words = "\(gateway): \(completed) of \(moves) moves completed"
        for (count, word) in unsuccessful { words += ", \(count) \(word)" }
        if left > 0 { words += ", \(running) under way" + (left > running ? ", \(left - running) wait" : "") }
        if !stoppedBy.isEmpty { words += "; stopped by \(stoppedBy), \(leftOut) not begun" }
        if !targets.isEmpty {
            words += "; " + targets.map { "\($0.associations) SAs to \($0.gateway)" }.joined(separator: ", ")
        }
        if stuckAssociations > 0 { words += "; \(stuckAssociations) SAs cannot move" }
        if staying > 0 { words += "; \(staying) SAs stay" }
        return words
    }
}
