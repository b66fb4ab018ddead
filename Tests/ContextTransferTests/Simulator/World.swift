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
        case associationChanged(NodeName)
        case traffic
    }

    /// An input for one machine.
    enum Input {
        case source(SourceMove.Input)
        case holder(HolderMove.Input)
        case target(TargetMove.Input)
        case taker(TakerMove.Input)
    }

    let sabotage: Sabotage?
    let faults: Bool
    /// Whether to write down what happens: slow, for a failing seed.
    let traces: Bool
    var trace: [String] = []
    var random: SplitMix
    var now = 0
    var events = EventQueue<Event>()
    var nodes = SimulatedNodes(["NR", "PR", "SG1", "SG2"])
    var moves: [SimulatedMove] = []
    var outcomes: [MoveID: MoveOutcome] = [:]
    /// The ends of the present move: they swap with each.
    var here: (router: NodeName, gateway: NodeName)
    var there: (router: NodeName, gateway: NodeName)
    var movesLeft: Int
    /// What was sent by the gateways and accepted by them, ever.
    var sentNumbers: Set<UInt64> = []
    var acceptedNumbers: Set<UInt64> = []
    /// The last number that the mobile node has sent.
    var mobileNumber: UInt64 = 0
    var told: Set<SAIdentifier> = []

    /// When the network and its operators come to rest.
    static let faultsEnd = 9_000

    init(seed: UInt64, faults: Bool = true, sabotage: Sabotage? = nil, traces: Bool = false) {
        self.sabotage = sabotage
        self.faults = faults
        self.traces = traces
        random = SplitMix(seed: seed)
        here = ("PR", random.once(in: 3) ? "PR" : "SG1")
        there = ("NR", random.once(in: 3) ? "NR" : "SG2")
        movesLeft = Int.random(in: 1...3, using: &random)
        for context in SimulatedAssociations.contexts.associations {
            let identifier = context.association.identifier
            nodes[here.gateway]?.stack[identifier] = .init(window: context.association.state.window)
            nodes[here.gateway]?.owned.insert(identifier)
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
            events.add(.associationChanged(here.gateway), at: Int.random(in: 10...200, using: &random))
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
            guard let move = moves.first(where: { $0.id == id }) else { return }
            feed(.source(.abort(by: "operator")), move, at: move.route.source)
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
        case .associationChanged(let name):
            for id in nodes[name]?.holders.keys.sorted() ?? [] {
                guard let move = moves.first(where: { $0.id == id }) else { continue }
                feed(.holder(.associationChanged(.associationChanged)), move, at: name)
            }
        case .traffic: try traffic()
        }
    }

    /// Starts the next move where the SAs are, if they are where it would start.
    private mutating func startMove() {
        let identifiers = SimulatedAssociations.identifiers
        guard movesLeft > 0, nodes[here.router]?.isAlive == true, nodes[here.gateway]?.stack[identifiers[0]] != nil
        else {
            return
        }
        movesLeft -= 1
        let approval = ApprovalPolicy.allCases.randomElement(using: &random) ?? .automatic
        let offer = MoveOffer(
            subject: SimulatedAssociations.subject,
            associations: SimulatedAssociations.contexts.associations.map(\.offer),
            needsApproval: approval.needsTarget, requestedBy: "operator")
        let route = MoveRoute(holder: here.gateway, source: here.router, target: there.router, taker: there.gateway)
        let move = SimulatedMove(
            id: MoveID(UInt128(moves.count + 1)), route: route, offer: offer, approval: approval)
        moves.append(move)
        let count = moves.count
        note("move \(count): \(route)")
        let stepping = random.once(in: 4)
        let isRequested = random.once(in: 2) && nodes[here.gateway]?.isAlive == true
        if isRequested {
            nodes[here.gateway]?.holders[move.id] = HolderMove(
                requesting: MoveRequest(offer: offer, approval: approval, stepping: stepping))
        } else {
            nodes[here.router]?.sources[move.id] = SourceMove(offer: offer, approval: approval, stepping: stepping)
        }
        let old = here
        here = there
        there = old
        if faults, random.once(in: 5) { events.add(.abort(move.id), at: now + Int.random(in: 1...800, using: &random)) }
        events.add(.abort(move.id), at: max(now, Self.faultsEnd) + 1000)
        if isRequested {
            feed(.holder(.start), move, at: route.holder)
        } else {
            feed(.source(.start), move, at: route.source)
        }
    }

    mutating func note(_ text: @autoclosure () -> String) {
        guard traces else { return }
        trace.append("\(now) \(text())")
    }
}
