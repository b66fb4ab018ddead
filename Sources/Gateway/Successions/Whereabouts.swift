package import ContextTransfer
package import IPsec

/// By which moves SAs left this gateway, and by which others came: what an IKE daemon does with the former follows them, and
/// what those elsewhere do with the latter is taken in. A value.
package struct Whereabouts: Equatable, Sendable {
    /// The move that took an SA away from here, until it is back or has ended.
    package private(set) var left: [SAIdentifier: MoveDescription] = [:]
    /// The move that brought an SA here, until it has left or ended.
    package private(set) var arrived: [SAIdentifier: MoveDescription] = [:]
    /// The last move that took SAs of a user away from here, until all are back that have not ended.
    package private(set) var departures: [MoveSubject: MoveDescription] = [:]
    /// The move from here that ended an SA, wherever it was by then, until key management says that it ended.
    package private(set) var ended: [SAIdentifier: MoveDescription] = [:]
    /// What is gone from here by moves that are not over.
    private var leaving: [MoveID: [SAIdentifier]] = [:]

    package init() {}

    /// What a daemon that was restarted finds in its journal, the oldest note first.
    package init(_ notes: [MoveNote]) {
        for note in notes {
            switch (note.key.role, note.record) {
            case (.taker, .installed), (.taker, .released): arrive(note.identifiers, by: note.move)
            case (.holder, .closed(.released)): leave(note.identifiers, by: note.move)
            case (.holder, .closed(.ended)): for identifier in note.identifiers { ended[identifier] = note.move }
            default: break
            }
        }
    }

    /// Takes in what a party of a move here tells.
    package mutating func take(_ event: MoveEvent) {
        switch (event.key.role, event.kind) {
        case (.taker, .installed(let identifiers)): arrive(identifiers, by: event.move)
        case (.taker, .released(let identifiers)): end(identifiers)
        // Released here they may have ended instead.
        case (.holder, .released(let identifiers)): leaving[event.move.id] = identifiers
        case (.holder, .stands(.over(let outcome))):
            let identifiers = leaving.removeValue(forKey: event.move.id) ?? []
            switch outcome {
            case .completed: leave(identifiers, by: event.move)
            case .ended: for identifier in identifiers { ended[identifier] = event.move }
            case .refused, .aborted, .failed: break
            }
        default: break
        }
    }

    /// They are nowhere any more.
    package mutating func end(_ identifiers: [SAIdentifier]) {
        for identifier in identifiers { (left[identifier], arrived[identifier], ended[identifier]) = (nil, nil, nil) }
    }

    /// Key management says that they ended: nobody asks for new ones any more.
    package mutating func forget(ended identifiers: [SAIdentifier]) {
        for identifier in identifiers { ended[identifier] = nil }
    }

    private mutating func arrive(_ identifiers: [SAIdentifier], by move: MoveDescription) {
        for identifier in identifiers { (left[identifier], arrived[identifier]) = (nil, move) }
        if !left.values.contains(where: { $0.subject == move.subject }) { departures[move.subject] = nil }
    }

    private mutating func leave(_ identifiers: [SAIdentifier], by move: MoveDescription) {
        for identifier in identifiers { (left[identifier], arrived[identifier]) = (move, nil) }
        departures[move.subject] = move
    }
}
