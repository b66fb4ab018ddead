package import ContextTransfer

/// How far a move is, or was, in one phase.
package struct PhaseProgress: Hashable, Sendable {
    /// Which one.
    package var phase: MovePhase
    /// When it began.
    package var start: ClockTime
    /// When it was over; `nil` while it is under way.
    package var end: ClockTime?
    /// SAs done, at most ``total``.
    package var done: Int
    /// SAs that it is about.
    package var total: Int

    /// From its parts; both counts fit in 32 bits.
    package init(phase: MovePhase, start: ClockTime, end: ClockTime? = nil, done: Int = 0, total: Int = 0) {
        self.phase = phase
        self.start = start
        self.end = end
        self.done = done
        self.total = total
    }
}
