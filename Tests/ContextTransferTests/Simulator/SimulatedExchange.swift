import ContextTransfer
import ForwardingPath
import IPsec
import UserspaceIPsec

/// One end of a negotiation of new SAs: the machine, and what its owner keeps beside it.
struct SimulatedExchange {
    /// What an initiator was asked for.
    struct Order {
        let ask: SimulatedAsk?
        /// The move in whose place it is, and the other end.
        var move: MoveID?
        var peer: NodeName?
    }

    let id: KeyExchangeID
    let peer: NodeName
    /// `nil` where the other end began.
    let order: Order?
    /// Who asked for one that made way for this one.
    var waiting: [SimulatedAsk] = []
    var machine: ExchangeMachine
    /// The number of the deadline that counts; earlier ones were replaced.
    var deadline = 0

    /// The SAs that are to be replaced.
    var places: [SAPlace] { machine.replaced.map(SimulatedAssociations.place) }

    /// Whether the old SAs are at this node.
    var hasOld: Bool { order.map { $0.move == nil && $0.ask?.areGone != true } ?? true }
}

/// SAs that a node wants negotiated anew, and how often it tried.
struct SimulatedAsk {
    let node: SimulatedNode
    let life: Int
    let templates: [AssociationTemplate]
    /// Whether they end here whatever comes of it.
    let areGone: Bool
    var attempt = 0

    var places: [SAPlace] { templates.map { SimulatedAssociations.place(of: $0.replaces) } }
}

/// A message that belongs to no move.
enum SimulatedWord {
    case exchange(KeyExchangeMessage)
    case renewal(RenewalMessage)
}

extension KeyExchangeMessage.Content {
    /// Whether it wants an answer, also of one who knows nothing of it.
    var asks: Bool {
        switch self {
        case .proposal, .choice, .inUse: true
        case .hello, .share, .usedToo, .refused: false
        }
    }
}
