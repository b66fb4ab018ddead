/// Fills one part of a snapshot after the other.
struct SnapshotCutter {
    private let all: GatewaySnapshot
    private let limit: Int
    private var done: [GatewaySnapshot] = []
    private var part: GatewaySnapshot
    private var room: Int

    init(_ all: GatewaySnapshot, limit: Int) {
        (self.all, self.limit, room) = (all, limit, limit)
        part = GatewaySnapshot(revision: all.revision, stack: all.stack, drain: all.drain)
    }

    /// The parts in their order, at least one; what is no list is in each.
    mutating func parts() -> [GatewaySnapshot] {
        add(\.associations)
        add(\.policies)
        add(\.paths)
        add(\.moves)
        add(\.events)
        return done + [part]
    }

    private mutating func add<Item: Weighted>(_ list: WritableKeyPath<GatewaySnapshot, [Item]>) {
        for (number, piece) in all[keyPath: list].cut(first: room, limit: limit).enumerated() {
            if number > 0 {
                done.append(part)
                part = GatewaySnapshot(revision: all.revision, stack: all.stack, drain: all.drain)
                room = limit
            }
            part[keyPath: list] = Array(piece)
            room = max(0, room - part[keyPath: list].weight)
        }
    }
}
