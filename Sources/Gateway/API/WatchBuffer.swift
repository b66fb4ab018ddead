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
    private var waiting: [WatchUpdate] = []
    private var weight = 0

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
        defer { (waiting, weight) = ([], 0) }
        return waiting
    }

    private func put(_ update: WatchUpdate) {
        guard !hasOverflowed else { return }
        weight += update.weight
        switch (update.content, waiting.last?.content) {
        case (.snapshot, _):
            (waiting, weight) = ([update], update.weight)
            limit = max(backlog, 4 * weight)
        case (.changes(let new), .changes(let old)):
            waiting[waiting.count - 1] = WatchUpdate(clock: update.clock, .changes(old + new))
        case (.changes, .snapshot), (.changes, nil):
            waiting.append(update)
        }
        guard weight <= limit else {
            (hasOverflowed, waiting) = (true, [])
            return waker.finish()
        }
        waker.yield()
    }
}
