package import ContextTransfer
package import ForwardingPath
package import GatewayAPI

/// One move as its parties tell it together: the word of the one that leads it counts most.
package struct MergedMove: Equatable, Sendable {
    /// What the one that counts says, with the pause and the phases that only others know.
    package let move: ReportedMove
    /// Who says so.
    package let reporter: GatewayLabel
    /// Whether that gateway cannot be reached, so that the move may be further than it says.
    package let isStale: Bool
    /// When it began, by our clock.
    package let began: ClockTime

    /// Whether nothing more happens to it.
    package var isOver: Bool { move.state.outcome != nil }

    /// The phase that it works on or waits for, or where it ended; `nil` before the first. Those before it are over,
    /// also where no time is known of them.
    package var reached: MovePhase? {
        switch move.state {
        case .awaitingApproval: .approve
        case .stepping(let phase): phase
        case .queued, .running, .settling, .finished: move.phases.last?.phase
        }
    }

    /// How much of it is done, 0…1: each of the nine phases counts the same.
    package var fraction: Double {
        if case .finished(.completed) = move.state { return 1 }
        guard let reached else { return 0 }
        var share = 0.0
        if let last = move.phases.last, last.phase == reached {
            share = last.end != nil ? 1 : last.total > 0 ? Double(last.done) / Double(last.total) : 0
        }
        return (Double(reached.rawValue - 1) + share) / Double(MovePhase.allCases.count)
    }

    /// The node whose operator has to agree next; `nil` when nobody is waited for.
    package var approver: NodeName? {
        guard case .awaitingApproval(let roles) = move.state else { return nil }
        if roles.contains(.source) { return move.route.source }
        return roles.contains(.target) ? move.route.target : move.route.source
    }
}
