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
    /// Those that ended otherwise.
    package var refused = 0
    /// Those under way.
    package var running = 0
    /// The SAs that it moves.
    package var associations: Int
    /// The SAs that stay.
    package var staying: Int

    /// One that has not begun any move.
    package init(
        gateway: NodeName, requestedBy: String, start: ClockTime, moves: Int, associations: Int, staying: Int
    ) {
        (self.gateway, self.requestedBy, self.start) = (gateway, requestedBy, start)
        (self.moves, self.associations, self.staying) = (moves, associations, staying)
    }

    /// Moves that ended, one way or the other.
    package var ended: Int { completed + refused }
    /// Moves that have not ended.
    package var left: Int { moves - ended }

    /// In one line, such as `SG1: 312 of 1000 moves completed, 1 refused, 32 under way, 655 wait`.
    package var words: String {
        var words = "\(gateway): \(completed) of \(moves) moves completed"
        if refused > 0 { words += ", \(refused) refused" }
        if left > 0 { words += ", \(running) under way, \(left - running) wait" }
        if staying > 0 { words += "; \(staying) SAs stay" }
        return words
    }
}
