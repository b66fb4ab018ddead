/// How a move ended, seen from its leader.
package enum MoveOutcome: Hashable, Sendable {
    /// In force at the taker, keys destroyed everywhere else.
    case completed
    /// Refused before anything was transferred; the SAs never left.
    case refused(MoveReason)
    /// Stopped by an operator; the SAs are in force at the holder.
    case aborted(MoveReason)
    /// Something failed; the SAs are in force at the holder.
    case failed(MoveReason)
    /// The SAs ended, and renegotiation was asked for.
    case ended(MoveReason)

    /// `completed`, `refused`, `aborted`, `failed` or `ended`.
    package var name: String {
        switch self {
        case .completed: "completed"
        case .refused: "refused"
        case .aborted: "aborted"
        case .failed: "failed"
        case .ended: "ended"
        }
    }

    /// Why; `nil` when completed.
    package var reason: MoveReason? {
        switch self {
        case .completed: nil
        case .refused(let reason), .aborted(let reason), .failed(let reason), .ended(let reason): reason
        }
    }

    /// The outcome of a move that left its SAs where they were, for a reason.
    package static func stayed(_ reason: MoveReason) -> MoveOutcome {
        switch reason {
        case .aborted, .restarted: .aborted(reason)
        case .spiInUse, .policyInUse, .unsupported, .noCapacity, .noAssociation, .notApproved, .busy, .notAuthorized:
            .refused(reason)
        case .associationChanged, .expired, .timeout, .unknownMove, .outdated, .groupFailed, .failure: .failed(reason)
        }
    }
}
