package import ContextTransfer

/// Where a move stands as one of its parties knows it.
package enum MoveStanding: Hashable, Sendable {
    /// The previous router was asked to lead the move, and has not begun with this party.
    case asking
    case working
    /// Operators of these parties must still agree.
    case awaitingApproval(Set<MoveRole>)
    /// Waits for the others of its group.
    case gathering
    /// Waits for a key before that phase.
    case stepping(before: MovePhase)
    /// Goes on when another party answers, which it has not for long: an operator may give it up.
    case unanswered
    /// Undoes itself, or finds out how it ended.
    case settling
    /// The party was only asked about it, and does not know any more what became of it.
    case forgotten
    /// The party is done with it.
    case over(MoveOutcome)

    /// Whether operators must still agree.
    var waitsForOperator: Bool { if case .awaitingApproval = self { true } else { false } }
}

extension MoveMachine {
    /// Where the move stands.
    ///
    /// - Parameter reason: the last reason that the party was told, for machines that do not keep it.
    func standing(_ reason: MoveReason?) -> MoveStanding {
        switch self {
        case .source(let machine): Self.standing(machine)
        case .holder(let machine): Self.standing(machine.state, reason)
        case .target(let machine):
            switch machine.state {
            case .approving: .awaitingApproval([.target])
            case .relaying, .approved, .denied: .working
            case .finished: .over(reason.map(MoveOutcome.stayed) ?? .completed)
            case .forgotten: .forgotten
            }
        case .taker(let machine):
            switch machine.state {
            case .idle, .checking, .holding, .prepared, .installing, .updating, .installed: .working
            case .destroying: .settling
            case .cancelled(let reason): .over(.stayed(reason))
            case .lost: .over(.ended(reason ?? .restarted(.taker)))
            case .forgotten: .forgotten
            }
        case .mobile(let machine):
            switch machine.state {
            case .idle, .updating: .working
            case .finished: .over(reason.map(MoveOutcome.failed) ?? .completed)
            }
        }
    }

    private static func standing(_ machine: SourceMove) -> MoveStanding {
        switch machine.state {
        case .redirecting(_, waiting: true): .stepping(before: .redirect)
        case .planned, .querying, .collecting, .preparing, .quiescing, .transferring, .redirecting, .releasing: .working
        case .approving(let missing): .awaitingApproval(missing)
        case .waiting(let phase, _): machine.stepping ? .stepping(before: phase) : .gathering
        case .committed: .gathering
        case .cancelling, .settling, .stranded, .returning, .condemning, .abandoning, .destroying: .settling
        case .finished(let outcome): .over(outcome)
        }
    }

    private static func standing(_ state: HolderMove.State, _ reason: MoveReason?) -> MoveStanding {
        switch state {
        case .requesting, .requested: .asking
        case .reading, .offered, .quiescing, .sent, .removing(.released): .working
        case .condemned, .asking, .resuming, .removing(.kept), .removing(.ended): .settling
        case .finished(.released): .over(.completed)
        case .finished(.kept): .over(.stayed(reason ?? .timeout(.source)))
        case .finished(.ended): .over(.ended(reason ?? .timeout(.taker)))
        }
    }
}

extension MovePartyInput {
    /// Why the move does not go through, where the input says so.
    var reason: MoveReason? {
        switch self {
        case .groupFailed(let reason), .received(.abandon(let reason)): reason
        case .received(.cancel(let reason)), .received(.refused(let reason)),
            .received(.settled(.cancelled(let reason))), .failed(let reason), .ended(let reason),
            .associationsChanged(_, let reason):
            reason
        case .received(.settled(.lost)): .restarted(.taker)
        case .denied(let by): .notApproved(by: by)
        case .abort(let by): .aborted(by: by)
        case .received, .start, .approved, .proceed, .groupSettled, .deadline, .read, .quiesced, .resumed, .removed,
            .checked, .held, .installed, .redirected, .updated:
            nil
        }
    }
}
