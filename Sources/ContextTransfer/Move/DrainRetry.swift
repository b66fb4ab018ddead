/// How a drain tries SAs once more whose move left them where they were.
package enum DrainRetry: Hashable, Sendable {
    /// In the same way, after a while: another move was in the way, or the one who leads it was not there.
    case later
    /// At another gateway.
    case elsewhere
}

extension MoveOutcome {
    /// How a drain tries the SAs once more; `nil` where they are not there any more, changed, or somebody said no.
    package var retry: DrainRetry? {
        switch self {
        case .completed, .ended: nil
        case .refused(let reason), .aborted(let reason), .failed(let reason): reason.retry
        }
    }
}

extension MoveReason {
    fileprivate var retry: DrainRetry? {
        switch self {
        // A previous router that was restarted before it wrote anything down knows nothing of the move.
        case .busy, .unknownMove, .restarted, .timeout(.source), .timeout(.holder): .later
        case .spiInUse, .policyInUse, .unsupported, .noCapacity, .failure, .timeout(.target), .timeout(.taker):
            .elsewhere
        case .noAssociation, .associationChanged, .expired, .notApproved, .aborted, .timeout(.mobile), .groupFailed,
            .outdated, .notAuthorized:
            nil
        }
    }
}
