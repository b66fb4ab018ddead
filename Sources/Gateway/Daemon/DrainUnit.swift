import ContextTransfer
import ForwardingPath

/// What a drain moves in one go: SAs of one user that go to one gateway.
struct DrainUnit {
    /// How they get there.
    enum Way {
        case move(GatewayPlanner.Batch)
        /// They are negotiated anew at this gateway.
        case renewal(at: NodeName)
    }

    /// Counts up in the drain, after the SAs that cannot move; one that is tried in another way keeps it.
    var number = 0
    let way: Way
    /// Whose SAs they are.
    let user: String
    /// Their names.
    let names: [String]
    /// What was tried with them.
    var attempts = DrainAttempts()

    /// The gateway that takes them.
    var taker: NodeName {
        switch way {
        case .move(let batch): batch.route.taker
        case .renewal(let taker): taker
        }
    }

    /// Whether they are negotiated anew.
    var isRenewal: Bool { if case .renewal = way { true } else { false } }

    /// The party of a move of theirs whose word on its end counts: the one here.
    var role: MoveRole {
        switch way {
        case .move: .holder
        case .renewal: .source
        }
    }
}
