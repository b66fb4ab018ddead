package import GatewayAPI

/// What one caller who watches has been told.
///
/// It is asked for the next update when the last one was taken, so that a slow reader costs nothing but its own view's
/// age: what changed meanwhile comes as one difference.
package actor Watcher {
    private let options: WatchOptions
    private let interval: Duration
    private let clock: any Clock<Duration>
    private let look: @Sendable () async -> (ClockTime, GatewaySnapshot)?
    private var told: GatewaySnapshot?

    /// - Parameter look: what the gateway has now; `nil` when it stopped.
    package init(
        _ options: WatchOptions, clock: any Clock<Duration> = ContinuousClock(),
        look: @escaping @Sendable () async -> (ClockTime, GatewaySnapshot)?
    ) {
        self.options = options
        self.clock = clock
        self.look = look
        interval = .milliseconds(options.interval ?? 200)
    }

    /// Waits for something to tell; `nil` when the gateway stopped or the caller left.
    package func next() async -> WatchUpdate? {
        while let told {
            do { try await clock.sleep(for: interval) } catch { return nil }
            guard let (clock, snapshot) = await look() else { return nil }
            let kinds = SnapshotDifference.changes(from: told, to: snapshot, traffic: options.traffic)
            var revision = told.revision
            let changes = kinds.map { kind in
                revision += 1
                return GatewayChange(revision: revision, kind)
            }
            self.told = snapshot
            self.told?.revision = revision
            if !changes.isEmpty { return WatchUpdate(clock: clock, .changes(changes)) }
        }
        guard let (clock, snapshot) = await look() else { return nil }
        told = snapshot
        told?.revision = 1
        var first = snapshot
        first.revision = 1
        first.events = Array(snapshot.events.suffix(options.events))
        return WatchUpdate(clock: clock, .snapshot(first))
    }
}
