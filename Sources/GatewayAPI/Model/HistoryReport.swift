/// Finished moves and recorded events.
package struct HistoryReport: Hashable, Sendable {
    /// Oldest first.
    package var moves: [ReportedMove]
    /// Oldest first.
    package var events: [ReportedEvent]
    /// Whether there are more events after the last one.
    package var hasMore: Bool

    /// From its parts.
    package init(moves: [ReportedMove], events: [ReportedEvent], hasMore: Bool) {
        (self.moves, self.events, self.hasMore) = (moves, events, hasMore)
    }
}
