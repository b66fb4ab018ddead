/// What the taker says of one SA before anything is moved.
package enum Verdict: Hashable, Sendable {
    case accepted
    case refused(MoveReason)

    /// Why not; `nil` when accepted.
    package var reason: MoveReason? {
        guard case .refused(let reason) = self else { return nil }
        return reason
    }
}
