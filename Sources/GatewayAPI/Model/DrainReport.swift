/// What an order to move everything away began.
package struct DrainReport: Hashable, Sendable {
    /// The moves that began or wait for their turn.
    package var moves: [ReportedMove]
    /// SAs that stay, with their reasons.
    package var staying: [ReportedPlanEntry]

    /// From its parts.
    package init(moves: [ReportedMove], staying: [ReportedPlanEntry]) {
        (self.moves, self.staying) = (moves, staying)
    }
}
