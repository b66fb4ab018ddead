package import IPsec

/// What the taker says of one SA before anything is moved.
package enum Verdict: Hashable, Sendable {
    case accepted
    /// Accepted, and its gateway end will be called so: the far end has to be told.
    case renamed(GatewayName)
    case refused(MoveReason)

    /// Why not; `nil` when accepted.
    package var reason: MoveReason? {
        guard case .refused(let reason) = self else { return nil }
        return reason
    }

    /// What its gateway end will be called; `nil` where that stays, or it is refused.
    package var name: GatewayName? {
        guard case .renamed(let name) = self else { return nil }
        return name
    }
}
