import ContextTransfer
package import ForwardingPath
package import GatewayAPI

/// One move as its parties tell it together: the word of the one that leads it counts most.
package struct MergedMove: Equatable, Sendable {
    /// What the one that counts says, with a pause that another one knows.
    package let move: ReportedMove
    /// Who says so.
    package let reporter: GatewayLabel
    /// Whether that gateway cannot be reached, so that the move may be further than it says.
    package let isStale: Bool
    /// When it began, by our clock.
    package let began: ClockTime

    /// Whether nothing more happens to it.
    package var isOver: Bool { move.state.outcome != nil }

    /// How much of it is done, 0…1: each of the nine phases counts the same.
    package var fraction: Double {
        if case .finished(.completed) = move.state { return 1 }
        let shares = move.phases.map { phase in
            phase.end != nil ? 1 : phase.total > 0 ? Double(phase.done) / Double(phase.total) : 0
        }
        return min(1, shares.reduce(0, +) / 9)
    }

    /// The node whose operator has to agree next; `nil` when nobody is waited for.
    package var approver: NodeName? {
        guard case .awaitingApproval(let roles) = move.state else { return nil }
        if roles.contains(.source) { return move.route.source }
        return roles.contains(.target) ? move.route.target : move.route.source
    }
}
