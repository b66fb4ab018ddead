package import ContextTransfer
import ForwardingPath
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
    /// When it was told of last, by our clock: for one that is over when it ended.
    package let ended: ClockTime

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

    /// Whether packets are held, or were: the SAs are no longer in force where they were.
    package var hasQuiesced: Bool {
        guard let reached else { return false }
        if case .stepping = move.state { return reached > .quiesce }
        return reached >= .quiesce
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

    /// Whether an operator has to agree before it goes on.
    package var waitsForApproval: Bool { if case .awaitingApproval = move.state { true } else { false } }
}
