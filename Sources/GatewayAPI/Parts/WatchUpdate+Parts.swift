extension WatchUpdate {
    /// How much one part has at most, unless a single thing has more: then it is alone in its part.
    package static let partLimit = 1_000

    /// How much there is to send; a snapshot of 50,000 SAs has a little more than 50,000.
    package var weight: Int {
        switch content {
        case .snapshot(let all):
            all.associations.weight + all.policies.weight + all.paths.weight + all.moves.weight + all.events.weight
        case .changes(let changes): changes.weight
        }
    }

    /// The update in parts that are each small enough for one message; the first is there also when it is empty.
    package func parts(limit: Int = partLimit) -> [WatchUpdate] {
        switch content {
        case .snapshot(let all):
            var cutter = SnapshotCutter(all, limit: limit)
            return cutter.parts().map { WatchUpdate(clock: clock, .snapshot($0)) }
        case .changes(let changes):
            let lists = changes.cut(first: limit, limit: limit)
            return lists.isEmpty
                ? [self] : lists.map { WatchUpdate(clock: clock, .changes(Array($0))) }
        }
    }

    /// Joins the part that follows; `false` when it is not of the same kind.
    mutating func join(_ part: WatchUpdate) -> Bool {
        switch (content, part.content) {
        case (.snapshot(var all), .snapshot(let more)):
            // Without the old value, the lists grow in place.
            content = .changes([])
            all.join(more)
            content = .snapshot(all)
        case (.changes(var all), .changes(let more)):
            content = .changes([])
            all += more
            content = .changes(all)
        case (.snapshot, .changes), (.changes, .snapshot):
            return false
        }
        return true
    }
}

extension GatewaySnapshot {
    /// Joins the lists of the part that follows.
    fileprivate mutating func join(_ part: GatewaySnapshot) {
        associations += part.associations
        policies += part.policies
        paths += part.paths
        moves += part.moves
        events += part.events
    }
}
