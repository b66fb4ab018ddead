import ContextTransfer
import IPsec

extension MoveMachine {
    /// The machine that a party's last note makes, or `nil` where it keeps none.
    ///
    /// - Parameters:
    ///   - inForce: whether the note's SAs are in force here, at the taker by this move.
    ///   - stackSurvived: whether the stack's SAs outlive the daemon.
    ///   - grouped: whether the note is of a member of a group that was not through, which the previous router leads.
    ///   - isCommitted: whether that group was committed.
    init?(
        restoring note: MoveNote, inForce: Bool, stackSurvived: Bool, grouped: Bool, isCommitted: Bool,
        timing: MoveTiming
    ) {
        switch note.key.role {
        case .source:
            let offer = MoveOffer(
                subject: note.move.subject, associations: [], needsApproval: false, requestedBy: note.requestedBy)
            self = .source(
                SourceMove(
                    restoring: note.record, offer: offer, grouped: grouped, isCommitted: isCommitted, timing: timing))
        case .holder:
            self = .holder(
                HolderMove(
                    restoring: note.record, identifiers: note.identifiers, inForce: inForce, timing: timing))
        case .target: return nil
        case .taker:
            self = .taker(
                TakerMove(
                    // What was released had come, wherever it is now.
                    restoring: note.record, identifiers: note.identifiers,
                    inForce: inForce || note.record == .released, stackSurvived: stackSurvived,
                    updates: note.updates, timing: timing))
        case .mobile: return nil
        }
    }

    /// What a restarted party must write down before it answers; `nil` when its record stands.
    var correction: MoveRecord? {
        switch self {
        case .holder(let machine): machine.correction
        case .taker(let machine): machine.correction
        case .source, .target, .mobile: nil
        }
    }

    /// The SAs that the party's move is about, by SA index, as far as it knows.
    var identifiers: [SAIdentifier] {
        switch self {
        case .source(let machine): machine.offer.associations.map(\.identifier)
        case .holder(let machine): machine.identifiers
        case .target, .mobile: []
        case .taker(let machine):
            switch machine.state {
            case .checking(let contexts), .holding(let contexts), .prepared(let contexts): contexts.takenIdentifiers
            case .installing(let identifiers, _, _), .updating(let identifiers, _, _), .installed(let identifiers, _):
                identifiers
            case .idle, .cancelled, .destroying, .lost, .forgotten: []
            }
        }
    }

    /// Whether SAs that it is about to put in force may end by how much they are used.
    var endsByUse: Bool {
        guard case .taker(let machine) = self, case .holding(let contexts) = machine.state else { return false }
        return contexts.associations.contains {
            let limit = $0.association.attributes.hardLifetime
            return limit.bytes != nil || limit.packets != nil
        }
    }

    /// What the far end of the SAs has to be told.
    var updates: [GatewayUpdate] {
        if case .taker(let machine) = self { machine.updates } else { [] }
    }
}
