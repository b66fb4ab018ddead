package import ContextTransfer
package import ForwardingPath

/// What becomes of SAs that a drain moves in one go: those of one user that go to one gateway.
package struct ReportedDrained: Hashable, Sendable {
    /// Where it stands.
    package enum Standing: Hashable, Sendable {
        /// Its turn has not come, or comes again.
        case waiting
        /// By that move.
        case underWay(MoveID)
        /// It ended so, by that move; `nil` where there was no move for it.
        case over(MoveOutcome, MoveID?)
        /// It never begins, because the drain was stopped.
        case leftOut
    }

    /// Counts up from 1 in the drain.
    package let number: UInt64
    /// Whose the SAs are; empty for nobody's.
    package let user: String
    /// The SAs' names; at least one.
    package let names: [String]
    /// The gateway that takes them, or the last one that was to; `nil` where none was to.
    package var to: NodeName?
    /// Whether they are, or were, negotiated anew there.
    package var isRenegotiated: Bool
    package var standing: Standing

    /// From its parts.
    package init(
        number: UInt64, user: String, names: [String], to: NodeName?, isRenegotiated: Bool = false,
        standing: Standing = .waiting
    ) {
        (self.number, self.user, self.names, self.to) = (number, user, names, to)
        (self.isRenegotiated, self.standing) = (isRenegotiated, standing)
    }

    /// How it ended; `nil` where it did not.
    package var outcome: MoveOutcome? { if case .over(let outcome, _) = standing { outcome } else { nil } }

    /// The move by which it is under way, or ended; `nil` where its turn has not come, or there was no move for it.
    package var move: MoveID? {
        switch standing {
        case .underWay(let move): move
        case .over(_, let move): move
        case .waiting, .leftOut: nil
        }
    }

    /// Whether it ended, and not completed.
    package var isUnsuccessful: Bool { outcome.map { $0 != .completed } ?? false }

    /// Whether a text of small letters stands in it: in the user, an SA's name, the gateway, the word for where it stands,
    /// or the reason.
    package func contains(_ text: String) -> Bool {
        ([user, to?.text ?? "", word, outcome?.reason?.description ?? ""] + names).contains {
            $0.lowercased().contains(text)
        }
    }

    /// In a word or two: `waits`, `under way`, `not begun`, `completed`, `refused`.
    package var word: String {
        switch standing {
        case .waiting: "waits"
        case .underWay: "under way"
        case .over(let outcome, _): outcome.name
        case .leftOut: "not begun"
        }
    }
}
