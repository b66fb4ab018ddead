import GatewayAPI

/// What waits for one caller that watches: bounded, and empty for good once it was too much.
actor WatchBuffer {
    /// Wakes the writer when there is something to take; ends when nothing more will come.
    nonisolated let wakes: AsyncStream<Void>
    /// Whether something was left out.
    private(set) var hasOverflowed = false

    private let waker: AsyncStream<Void>.Continuation
    private let backlog: Int
    private var limit: Int
    private var snapshot: WatchUpdate?
    private var changes: [GatewayChange] = []
    private var clock = ClockTime(milliseconds: 0)
    private var weight = 0

    /// With nothing in it; `backlog` counts as ``GatewayAPI/WatchUpdate/weight`` does.
    init(backlog: Int) {
        (self.backlog, limit) = (backlog, backlog)
        (wakes, waker) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Reads until the source ends or the task is cancelled; after an overflow it reads and forgets.
    func fill(from source: AsyncStream<WatchUpdate>) async {
        for await update in source { put(update) }
        waker.finish()
    }

    /// What waits, oldest first; changes that came one after the other are one update.
    func take() -> [WatchUpdate] {
        defer { (snapshot, changes, weight) = (nil, [], 0) }
        let later = changes.isEmpty ? nil : WatchUpdate(clock: clock, .changes(changes))
        return [snapshot, later].compactMap(\.self)
    }

    private func put(_ update: WatchUpdate) {
        guard !hasOverflowed else { return }
        switch update.content {
        case .snapshot:
            (snapshot, changes, weight) = (update, [], update.weight)
            limit = max(backlog, 4 * weight)
        case .changes(let new):
            // What is alone may be as much as it is.
            let isAlone = snapshot == nil && changes.isEmpty
            weight += update.weight
            guard isAlone || weight <= limit else {
                (hasOverflowed, snapshot, changes) = (true, nil, [])
                return waker.finish()
            }
            changes += new
            clock = update.clock
        }
        waker.yield()
    }
}
