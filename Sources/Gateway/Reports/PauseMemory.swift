import ContextTransfer

/// How long the pauses of this gateway's last moves were, as far as it took part in them.
struct PauseMemory {
    /// How many are kept.
    static let limit = 50

    private var pauses: [Duration] = []
    /// When SAs went out of service here, of moves that are not settled.
    private var starts: [MoveID: ContinuousClock.Instant] = [:]

    /// The median; `nil` while there was no move.
    var median: Duration? { pauses.isEmpty ? nil : pauses.sorted()[pauses.count / 2] }

    /// Takes in what a party tells: the holder's pause ends when it hears that the SAs are in force elsewhere, a leader's
    /// when it does.
    mutating func take(_ event: MoveEvent) {
        let id = event.move.id
        switch (event.key.role, event.kind) {
        case (.holder, .quiesced): starts[id] = event.instant
        case (.source, .entered(.quiesce)) where event.move.route.holder != event.move.route.source:
            starts[id] = event.instant
        case (.holder, .released): end(id, event.instant)
        case (.source, .entered(.redirect)) where event.move.route.holder != event.move.route.source:
            end(id, event.instant)
        case (_, .resumed), (.source, .stands(.over)), (.holder, .stands(.over)): starts[id] = nil
        default: break
        }
    }

    private mutating func end(_ id: MoveID, _ instant: ContinuousClock.Instant) {
        guard let start = starts.removeValue(forKey: id) else { return }
        pauses.append(instant - start)
        if pauses.count > Self.limit { pauses.removeFirst() }
    }
}
