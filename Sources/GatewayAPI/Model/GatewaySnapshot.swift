package import IPsec

/// All that a gateway has at one revision.
package struct GatewaySnapshot: Equatable, Sendable {
    /// The next change has a greater one.
    package var revision: UInt64
    /// In any order.
    package var associations: [ReportedAssociation]
    /// First match first.
    package var policies: [Policy]
    /// At most one for each plane.
    package var paths: [ReportedPath]
    /// Under way, and ended lately.
    package var moves: [ReportedMove]
    /// Packets that no SA can count.
    package var stack: StackCounters
    /// The last ones, oldest first.
    package var events: [ReportedEvent]
    /// The drain under way, or the last one.
    package var drain: ReportedDrain?

    /// From its parts.
    package init(
        revision: UInt64, associations: [ReportedAssociation] = [], policies: [Policy] = [],
        paths: [ReportedPath] = [], moves: [ReportedMove] = [], stack: StackCounters = StackCounters(),
        events: [ReportedEvent] = [], drain: ReportedDrain? = nil
    ) {
        self.revision = revision
        self.associations = associations
        self.policies = policies
        self.paths = paths
        self.moves = moves
        self.stack = stack
        self.events = events
        self.drain = drain
    }
}
