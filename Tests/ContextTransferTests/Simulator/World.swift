import ContextTransfer
import ForwardingPath
import IPsec

/// The machines of all parties over a simulated network, from a seed: loss, duplication, reordering, delay, crash and
/// restart with and without loss of the stack's SAs, operators who approve, deny, step and abort, lifetimes that are
/// reached, SAs that are negotiated anew, and drains.
///
/// Times are milliseconds. The same seed gives the same run.
struct World {
    enum Event {
        case deliver(MoveEnvelope)
        case say(SimulatedWord)
        case deadline(SimulatedNode, SimulatedNode.Key, generation: Int)
        case exchangeDeadline(SimulatedNode, KeyExchangeID, number: Int)
        case renewalDeadline(SimulatedNode, MoveID, isHolder: Bool, number: Int)
        case crash(SimulatedNode, losingStack: Bool)
        case restart(SimulatedNode)
        case startMove
        case startDrain
        case stopDrain
        /// SAs of a drain are tried once more, if its gateway still lives that life.
        case retryDrain(SimulatedNode, life: Int, SimulatedMove, after: SimulatedMove, MoveOutcome)
        case abort(MoveID)
        case abortRenewal(MoveID)
        case approve(SimulatedNode, MoveID, MoveRole, agrees: Bool)
        case proceed(MoveID)
        case proceedGroup(SimulatedNode, MoveID)
        /// A group's order to a member.
        case order(SimulatedNode, MoveID, SourceMove.Input)
        /// SAs of a gateway were changed, or ended: by their places, or all of them.
        case changed(SimulatedNode, Set<SAPlace>?, MoveReason)
        /// A lifetime of an SA may be reached.
        case age(SimulatedNode, SimulatedSA)
        case ask(SimulatedAsk)
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

    let sabotage: Sabotage?
    let faults: Bool
    let setting: WorldSetting
    /// Whether to write down what happens: slow, for a failing seed.
    let traces: Bool
    var trace: [String] = []
    var random: SplitMix
    /// When a stack cannot hold. By numbers of its own: what else happens in a run stays as it is without them.
    var shortages: SplitMix
    var now = 0
    var events = EventQueue<Event>()
    let nodes: [SimulatedNode]
    /// By their number, from 1 on.
    var moves: [SimulatedMove] = []
    var outcomes: [MoveID: MoveOutcome] = [:]
    /// The ends of the present move, a gateway for each lane: they swap with each move.
    var here: Site
    var there: Site
    var movesLeft: Int
    var flows: [SimulatedFlow] = []
    /// By lane how often its SAs were negotiated.
    var generations = [0, 0, 0, 0]
    /// Negotiations, by what they began.
    var begun: [KeyExchangeID: Int] = [:]
    /// SAs that must be in force somewhere, or told of.
    var owed: Set<SAPlace> = []
    var told: Set<SAPlace> = []
    /// SAs that others took the place of.
    var superseded: Set<SAPlace> = []
    /// Mobile nodes that lost their SAs: what a gateway still has leads nowhere.
    var bereft: Set<Int> = []
    /// Negotiations that both ends ended well, and moves in whose place SAs were negotiated.
    var renewed = 0
    var replaced = 0
    var drains = 0
    /// The first move of the last drain.
    var drainStart = 0
    /// Its moves that are under way, and those whose SAs left.
    var drainOpen: Set<MoveID> = []
    var drainLeft: Set<MoveID> = []
    /// Whether an operator stopped it, how often something was tried once more, and by lane who refused and how often was
    /// waited.
    var isDrainStopped = false
    var drainRetries = 0
    var drainRefusals: [Int: Set<NodeName>] = [:]
    var drainWaits: [Int: Int] = [:]
    /// Mobile nodes whose SAs nobody could negotiate: the operator has to see to it, and was told.
    var alarmed: Set<Int> = []
    /// Mobile nodes of which a daemon had SAs that was restarted: it does not negotiate what it does not know any more.
    var forgotten: Set<Int> = []
    /// What was seen that must never be.
    var violation: Violation?
    /// Whether what is in force where may have changed since it was looked at.
    var isChanged = true

    /// When the network and its operators come to rest.
    static let faultsEnd = 9_000

    /// - Parameter stage: what is to happen in it at least, where no sabotage says so.
    init(
        seed: UInt64, faults: Bool = true, sabotage: Sabotage? = nil, stage: Sabotage.Stage = .any,
        traces: Bool = false
    ) {
        (self.sabotage, self.faults, self.traces) = (sabotage, faults, traces)
        var generator = SplitMix(seed: seed)
        setting = WorldSetting(&generator, faults: faults, sabotage?.stage ?? stage)
        let mobiles = setting.isDrain ? setting.lanes : 1
        nodes = (["NR", "PR", "SG1", "SG2"] + Self.mobileNames.prefix(mobiles)).map(SimulatedNode.init)
        let bits = (0..<4).map { _ in generator.once(in: 3) }
        let isWholeGateway = setting.isDrain
        let old: [NodeName] = (0..<setting.lanes).map { bits[isWholeGateway ? 0 : $0 % 2] ? "PR" : "SG1" }
        let new: [NodeName] = (0..<setting.lanes).map { bits[2 + $0 % 2] ? "NR" : "SG2" }
        (here, there) = (Site(router: "PR", gateways: old), Site(router: "NR", gateways: new))
        (random, shortages) = (generator, SplitMix(seed: ~seed))
        movesLeft = setting.isDrain ? 0 : Int.random(in: 1...3, using: &random)
        for lane in 0..<setting.lanes { establish(lane, at: node(old[lane])) }
        events.add(setting.isDrain ? .startDrain : .startMove, at: 10)
        node(here.gateways[0]).isDrainNoted = setting.isDrain
        if setting.isDrain, faults, random.once(in: 3) {
            events.add(.stopDrain, at: Int.random(in: 11...(random.once(in: 2) ? 100 : 1_500), using: &random))
        }
        events.add(.traffic, at: 1)
        if faults { planFaults() }
    }

    private static let mobileNames: [NodeName] = ["MN", "MN1", "MN2", "MN3"]

    func node(_ name: NodeName) -> SimulatedNode {
        for node in nodes where node.name == name { return node }
        preconditionFailure("Every name in the simulator is that of a node.")
    }

    /// The mobile node of a lane.
    func mobile(_ lane: Int) -> SimulatedNode { setting.isDrain ? nodes[4 + lane] : nodes[4] }
    var gateways: ArraySlice<SimulatedNode> { nodes[..<4] }

    func move(_ id: MoveID) -> SimulatedMove? {
        let index = Int(truncatingIfNeeded: id.value) - 1
        return moves.indices.contains(index) ? moves[index] : nil
    }

    /// Puts the first SAs of a lane in force at both of their ends.
    private mutating func establish(_ lane: Int, at gateway: SimulatedNode) {
        for var association in SimulatedAssociations.lanes[lane].associations {
            let (soft, hard) = WorldSetting.lifetimes
            association.attributes.softLifetime.seconds = setting.soft.map { _ in soft }
            association.attributes.hardLifetime.seconds = setting.hard.map { _ in hard }
            let flow = self.flow(of: association.attributes.keys)
            var mirrored = association
            mirrored.direction = association.direction == .inbound ? .outbound : .inbound
            for (node, association) in [(gateway, association), (mobile(lane), mirrored)] {
                let entry = SimulatedSA(association, flow: flow, established: established)
                add(entry, at: node)
            }
            let place = SimulatedAssociations.place(of: association.identifier)
            gateway.owned.insert(place)
            owed.insert(place)
        }
    }

    /// When the first SAs were, so that their lifetimes are reached when the setting says.
    private var established: Int {
        if let hard = setting.hard { return hard - Int(WorldSetting.lifetimes.hard) * 1_000 }
        return (setting.soft ?? 0) - Int(WorldSetting.lifetimes.soft) * 1_000
    }

    private mutating func planFaults() {
        for _ in 0..<Int.random(in: 0...3, using: &random) {
            guard let victim = nodes.randomElement(using: &random) else { continue }
            let time = Int.random(in: 10...600, using: &random) * (random.once(in: 3) ? 10 : 1)
            events.add(.crash(victim, losingStack: random.once(in: 2)), at: time)
        }
        if random.once(in: 6) {
            let time = Int.random(in: 10...200, using: &random)
            events.add(.changed(node(here.gateways[0]), nil, .associationChanged), at: time)
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
            if let violation { throw violation }
            if isChanged { try check() }
            if setting.isDrain { try checkDrain() }
        }
        try checkAtRest()
    }

    mutating func note(_ text: @autoclosure () -> String) {
        guard traces else { return }
        trace.append("\(now) \(text())")
    }
}
