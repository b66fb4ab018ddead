/// A drain, and some of what becomes of its moves.
package struct DrainedReport: Hashable, Sendable {
    /// How far it is; `nil` where there was none since the gateway began.
    package var drain: ReportedDrain?
    /// In the order that was asked for.
    package var drained: [ReportedDrained]
    /// Whether there are more after the last one.
    package var hasMore: Bool
    /// How many there are of those that are asked for, before any are left out and beyond the limit.
    package var matching: Int
    /// The place of the one that was to be found, from 0; `nil` where it is not among them.
    package var found: Int?

    /// From its parts.
    package init(
        drain: ReportedDrain?, drained: [ReportedDrained], hasMore: Bool, matching: Int? = nil, found: Int? = nil
    ) {
        (self.drain, self.drained, self.hasMore) = (drain, drained, hasMore)
        (self.matching, self.found) = (matching ?? drained.count, found)
    }
}
