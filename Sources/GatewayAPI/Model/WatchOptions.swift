/// What a caller wants to watch.
package struct WatchOptions: Hashable, Sendable {
    /// Whether the traffic of SAs is sent as it changes.
    package var traffic: Bool
    /// The least time between two batches, in milliseconds; `nil` leaves it to the gateway.
    package var interval: Int?
    /// How many of the last events the snapshot has.
    package var events: Int

    /// What ``interval`` may be.
    package static let intervals = 50...10_000
    /// What ``events`` may be.
    package static let eventCounts = 0...1_000

    /// From its parts.
    package init(traffic: Bool = true, interval: Int? = nil, events: Int = 100) {
        (self.traffic, self.interval, self.events) = (traffic, interval, events)
    }
}
