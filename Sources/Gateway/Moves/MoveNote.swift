package import ContextTransfer
package import IPsec

/// What a party writes down: all that it needs after a restart, and no key.
package struct MoveNote: Hashable, Sendable {
    package let key: MovePartyKey
    package let move: MoveDescription
    package let record: MoveRecord
    /// By SA index; empty where the party does not know them any more, so that an earlier note's stand.
    package let identifiers: [SAIdentifier]
    /// What the taker has to tell the far end of the SAs; with the order 0 where it had not the numbers yet. Empty also
    /// where an earlier note's stand.
    package let updates: [GatewayUpdate]
    /// Who asked for the move; empty where the party was not told.
    package let requestedBy: String
    /// The group that the move is a part of, where the party leads it; `nil` where it is alone.
    package let group: MoveID?
    /// Whether SAs of it may end by how much they are used, so that one that is absent may have been in force; `false` also
    /// where an earlier note's word stands.
    package let endsByUse: Bool

    package init(
        key: MovePartyKey, move: MoveDescription, record: MoveRecord, identifiers: [SAIdentifier],
        updates: [GatewayUpdate] = [], requestedBy: String, group: MoveID? = nil,
        endsByUse: Bool = false
    ) {
        self.key = key
        self.move = move
        self.record = record
        self.identifiers = identifiers
        self.updates = updates
        self.requestedBy = requestedBy
        self.group = group
        self.endsByUse = endsByUse
    }

    /// The party's next note.
    func replacing(
        _ record: MoveRecord, identifiers: [SAIdentifier]? = nil, updates: [GatewayUpdate]? = nil
    ) -> MoveNote {
        MoveNote(
            key: key, move: move, record: record, identifiers: identifiers ?? self.identifiers,
            updates: updates ?? self.updates, requestedBy: requestedBy, group: group, endsByUse: endsByUse)
    }

    /// Whether the party has nothing more to do.
    package var isOver: Bool {
        switch record {
        case .cancelled, .lost, .finished, .closed, .released: true
        case .started, .switching, .sealed, .mayBeSent, .installing, .installed, .ending: false
        }
    }
}
