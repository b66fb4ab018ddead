package import ContextTransfer

/// Where a move stands.
package enum MoveState: Hashable, Sendable {
    /// Waits for another move.
    case queued
    /// Works on its last phase.
    case running
    /// Waits for the operators of these parties to agree.
    case awaitingApproval(Set<MoveRole>)
    /// Waits for a key before that phase.
    case stepping(before: MovePhase)
    /// Undoes itself, or finds out how it ended.
    case settling
    /// Ended.
    case finished(MoveOutcome)

    /// How it ended; `nil` until then.
    package var outcome: MoveOutcome? {
        guard case .finished(let outcome) = self else { return nil }
        return outcome
    }
}
