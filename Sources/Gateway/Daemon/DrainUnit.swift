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

    let way: Way
    /// Their names.
    let names: [String]
    /// Gateways that refused them.
    var refusedBy: Set<NodeName> = []
    /// How often another move of the user was in the way.
    var waits = 0

    /// The gateway that takes them.
    var taker: NodeName {
        switch way {
        case .move(let batch): batch.route.taker
        case .renewal(let taker): taker
        }
    }

    /// The party of a move of theirs whose word on its end counts: the one here.
    var role: MoveRole {
        switch way {
        case .move: .holder
        case .renewal: .source
        }
    }
}
