import ContextTransfer
import ForwardingPath

/// What does not change about one move.
struct SimulatedMove {
    private(set) var id: MoveID
    private(set) var route: MoveRoute
    let offer: MoveOffer
    let approval: ApprovalPolicy
    /// What moves, by SA index.
    let places: [SAPlace]
    /// The group that it is a part of; `nil` where it is alone.
    var group: MoveID?
    /// Whether an SPI of it is in use where it goes.
    private(set) var isInUse = false
    /// Whether it belongs to a drain.
    var isOfDrain = false
    /// What the drain has tried with its SAs.
    var attempts = DrainAttempts()

    init(
        id: MoveID, route: MoveRoute, offer: MoveOffer, approval: ApprovalPolicy, places: [SAPlace],
        group: MoveID? = nil, isInUse: Bool = false, isOfDrain: Bool = false
    ) {
        (self.id, self.route, self.offer, self.approval, self.places) = (id, route, offer, approval, places)
        (self.group, self.isInUse, self.isOfDrain) = (group, isInUse, isOfDrain)
    }

    /// The same under another name.
    init(_ move: SimulatedMove, id: MoveID) {
        self = move
        self.id = id
    }

    /// The same to another gateway, where no SPI is in use.
    init(_ move: SimulatedMove, to taker: NodeName) {
        self = move
        let route = move.route
        self.route = MoveRoute(
            holder: route.holder, source: route.source, target: route.target, taker: taker, mobile: route.mobile)
        isInUse = false
    }

    var lane: Int { places.first?.lane ?? 0 }
}
