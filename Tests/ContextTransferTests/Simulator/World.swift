import ContextTransfer
import ForwardingPath
import IPsec

/// The machines of all parties over a simulated network, from a seed: loss, duplication, reordering, delay, crash and
/// restart with and without loss of the stack's SAs, operators who approve, deny, step and abort.
///
/// Times are milliseconds. The same seed gives the same run.
struct World {
    enum Event {
        case deliver(MoveEnvelope)
        case deadline(NodeName, SimulatedNode.Key, generation: Int)
        case crash(NodeName, losingStack: Bool)
        case restart(NodeName)
        case startMove
        case abort(MoveID)
        case approve(NodeName, MoveID, MoveRole, agrees: Bool)
        case proceed(MoveID)
        case proceedGroup(NodeName, MoveID)
        /// A group's order to a member.
        case order(NodeName, MoveID, SourceMove.Input)
        case associationChanged(NodeName)
        case traffic
    }

    /// An input for one machine.
    enum Input {
        case source(SourceMove.Input)
        case holder(HolderMove.Input)
        case target(TargetMove.Input)
        case taker(TakerMove.Input)
        case mobile(MobileMove.Input)
    }

    /// A router, and the gateways behind it.
    struct Site {
        let router: NodeName
        let gateways: [NodeName]
    }

    /// What went through one pair of SAs, ever.
    struct Flow {
        /// The numbers that gateways sent, and those that they accepted.
        var sent: Set<UInt64> = []
        var accepted: Set<UInt64> = []
        var mobileNode: SimulatedMobileNode
    }

    let sabotage: Sabotage?
    let faults: Bool
    /// Whether to write down what happens: slow, for a failing seed.
    let traces: Bool
    var trace: [String] = []
    var random: SplitMix
    var now = 0
    var events = EventQueue<Event>()
    var nodes = SimulatedNodes(["NR", "PR", "SG1", "SG2", "MN"])
    var moves: [SimulatedMove] = []
    var outcomes: [MoveID: MoveOutcome] = [:]
    /// How many pairs of SAs move, as a group where there are several.
    let laneCount: Int
    /// The ends of the present move, a gateway for each lane: they swap with each move.
    var here: Site
    var there: Site
    var movesLeft: Int
    var flows = SimulatedAssociations.lanes.map { Flow(mobileNode: SimulatedMobileNode($0)) }
    /// How mobile nodes know gateways, and whether these give SAs other SPIs.
    let identity: GatewayIdentity
    let reassigns: Bool
    var told: Set<SAIdentifier> = []
    /// Whether a part of a group switched before all of it could.
    var switchedEarly = false

    /// When the network and its operators come to rest.
    static let faultsEnd = 9_000

    init(seed: UInt64, faults: Bool = true, sabotage: Sabotage? = nil, traces: Bool = false) {
        self.sabotage = sabotage
        self.faults = faults
        self.traces = traces
        var generator = SplitMix(seed: seed)
        let count = sabotage?.isOfGroups == true || generator.once(in: 3) ? 2 : 1
        let bits = (0..<4).map { _ in Int.random(in: 0..<3, using: &generator) == 0 }
        let old: [NodeName] = bits[..<2].map { $0 ? "PR" : "SG1" }
        let new: [NodeName] = bits[2...].map { $0 ? "NR" : "SG2" }
        identity = generator.once(in: 2) ? .direct : .indirect
        reassigns = generator.once(in: 3)
        (here, there) = (Site(router: "PR", gateways: old), Site(router: "NR", gateways: new))
        random = generator
        laneCount = count
        movesLeft = Int.random(in: 1...3, using: &random)
        for lane in 0..<count {
            for context in SimulatedAssociations.lanes[lane].contexts.associations {
                let identifier = context.association.identifier
                nodes[old[lane]]?.stack[identifier] = .init(
                    window: context.association.state.window, name: context.association.gatewayName)
                nodes[old[lane]]?.owned.insert(identifier)
            }
        }
        events.add(.startMove, at: 10)
        events.add(.traffic, at: 1)
        if faults { planFaults() }
    }

    private mutating func planFaults() {
        for _ in 0..<Int.random(in: 0...3, using: &random) {
            guard let victim = nodes.all.randomElement(using: &random)?.name else { continue }
            let time = Int.random(in: 10...600, using: &random) * (random.once(in: 3) ? 10 : 1)
            events.add(.crash(victim, losingStack: random.once(in: 2)), at: time)
        }
        if random.once(in: 6) {
            events.add(.associationChanged(here.gateways[0]), at: Int.random(in: 10...200, using: &random))
        }
    }

    /// Runs to the end; throws the first violation.
    mutating func run() throws(Violation) {
        var steps = 0
        while let (time, event) = events.next() {
            steps += 1
            now = time
            guard steps < 100_000, now < 10_000_000 else { throw .endless }
            try step(event)
            try check()
        }
        try checkAtRest()
    }

    private mutating func step(_ event: Event) throws(Violation) {
        switch event {
        case .deliver(let envelope):
            note("\(envelope.sender) → \(envelope.receiver) \(envelope.message.label)")
            receive(envelope)
        case .deadline(let name, let key, let generation):
            guard nodes[name]?.deadlines[key] == generation else { return }
            feedDeadline(name, key)
        case .crash(let name, let losingStack): crash(name, losingStack: losingStack)
        case .restart(let name): restart(name)
        case .startMove: startMove()
        case .abort(let id):
            abort(id)
        case .approve(let name, let id, let role, let agrees):
            guard let move = moves.first(where: { $0.id == id }) else { return }
            if role == .source {
                feed(.source(agrees ? .approved : .denied(by: "operator")), move, at: name)
            } else {
                feed(.target(agrees ? .approved(by: "operator") : .denied(by: "operator")), move, at: name)
            }
        case .proceed(let id):
            guard let move = moves.first(where: { $0.id == id }) else { return }
            feed(.source(.proceed), move, at: move.route.source)
        case .proceedGroup(let name, let group): give(.proceed, to: group, at: name)
        case .order(let name, let id, let input):
            guard let move = moves.first(where: { $0.id == id }) else { return }
            feed(.source(input), move, at: name)
        case .associationChanged(let name):
            for id in nodes[name]?.holders.keys.sorted() ?? [] {
                guard let move = moves.first(where: { $0.id == id }) else { continue }
                feed(.holder(.associationChanged(.associationChanged)), move, at: name)
            }
        case .traffic: try traffic()
        }
    }

    /// Starts the next move where the SAs are, if they are where it would start: several as a group.
    private mutating func startMove() {
        let lanes = 0..<laneCount
        guard movesLeft > 0, nodes[here.router]?.isAlive == true,
            lanes.allSatisfy({ nodes[here.gateways[$0]]?.stack[SimulatedAssociations.lanes[$0].up] != nil })
        else {
            return
        }
        movesLeft -= 1
        let approval = ApprovalPolicy.allCases.randomElement(using: &random) ?? .automatic
        let stepping = random.once(in: 4)
        let group = laneCount > 1 ? MoveID(UInt128(1_000 + moves.count)) : nil
        let begun = lanes.map { makeMove($0, approval, group) }
        moves += begun
        let count = moves.count
        note("move \(count): \(begun.map(\.route))")
        if let group { nodes[here.router]?.groups[group] = GroupMove(members: begun.map(\.id), stepping: stepping) }
        let old = here
        here = there
        there = old
        for move in begun { start(move, stepping: stepping) }
    }

    private func makeMove(_ lane: Int, _ approval: ApprovalPolicy, _ group: MoveID?) -> SimulatedMove {
        var offer = MoveOffer(
            subject: SimulatedAssociations.lanes[lane].subject,
            associations: contexts(lane, at: here.gateways[lane]).associations.map(\.offer),
            needsApproval: approval.needsTarget, requestedBy: "operator", group: group)
        offer.identity = identity
        let route = MoveRoute(
            holder: here.gateways[lane], source: here.router, target: there.router, taker: there.gateways[lane],
            mobile: "MN")
        return SimulatedMove(
            id: MoveID(UInt128(moves.count + lane + 1)), route: route, offer: offer, approval: approval,
            laneIndex: lane, group: group)
    }

    private mutating func start(_ move: SimulatedMove, stepping: Bool) {
        let route = move.route
        if faults, random.once(in: 5) { events.add(.abort(move.id), at: now + Int.random(in: 1...800, using: &random)) }
        events.add(.abort(move.id), at: max(now, Self.faultsEnd) + 1000)
        if move.group == nil, random.once(in: 2), nodes[route.holder]?.isAlive == true {
            nodes[route.holder]?.holders[move.id] = HolderMove(
                requesting: MoveRequest(offer: move.offer, approval: move.approval, stepping: stepping))
            feed(.holder(.start), move, at: route.holder)
        } else {
            nodes[route.source]?.sources[move.id] = SourceMove(
                offer: move.offer, approval: move.approval, stepping: stepping, grouped: move.group != nil)
            feed(.source(.start), move, at: route.source)
        }
    }

    /// An operator calls a move back, and with it its group, which goes as long as no part of it can have moved.
    private mutating func abort(_ id: MoveID) {
        guard let move = moves.first(where: { $0.id == id }) else { return }
        let router = move.route.source
        if let group = move.group, let machine = nodes[router]?.groups[group], !machine.isAbortable { return }
        for member in moves where member.id == id || (move.group != nil && member.group == move.group) {
            feed(.source(.abort(by: "operator")), member, at: router)
        }
    }

    mutating func note(_ text: @autoclosure () -> String) {
        guard traces else { return }
        trace.append("\(now) \(text())")
    }
}
