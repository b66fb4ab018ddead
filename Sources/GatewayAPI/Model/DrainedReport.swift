/// A drain, and some of what becomes of its moves.
package struct DrainedReport: Hashable, Sendable {
    /// How far it is; `nil` where there was none since the gateway began.
    package var drain: ReportedDrain?
    /// By their numbers.
    package var drained: [ReportedDrained]
    /// Whether there are more after the last one.
    package var hasMore: Bool

    /// From its parts.
    package init(drain: ReportedDrain?, drained: [ReportedDrained], hasMore: Bool) {
        (self.drain, self.drained, self.hasMore) = (drain, drained, hasMore)
    }
}
