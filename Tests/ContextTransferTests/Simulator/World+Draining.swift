import ContextTransfer
import ForwardingPath
import IPsec

/// A gateway is drained: many moves of several mobile nodes, few of them under way at a time.
extension World {
    /// How many moves of a drain are under way at a time.
    static let drainLimit = 2

    /// An operator orders a drain of what is still there, also again after a restart.
    mutating func startDrain() {
        let gateway = node(here.gateways[0])
        guard gateway.isAlive, gateway.drain?.isUnderWay != true, drains < 4 else { return }
        let lanes = (0..<setting.lanes).filter { lane in
            let pair = gateway.stack.pair(of: lane)
            return pair.count == 2 && !gateway.isLeaving(pair.map(\.place))
        }
        guard !lanes.isEmpty else { return }
        note("drain of \(gateway.name): \(lanes)")
        drains += 1
        (drainStart, drainOpen) = (moves.count, [])
        let approval = ApprovalPolicy.allCases.randomElement(using: &random) ?? .automatic
        let units = lanes.map { makeMove($0, 0, approval, nil) }
        gateway.drain = DrainQueue(units, limit: sabotage == .drainUnbounded ? units.count : Self.drainLimit)
        goOnDraining(gateway)
    }

    /// Takes in how a move ended at the gateway that is drained.
    mutating func goOnDraining(_ move: SimulatedMove, _ end: HolderEnd, at gateway: SimulatedNode) {
        guard move.isOfDrain, gateway.drain != nil else { return }
        if drainOpen.remove(move.id) != nil, end == .released { drainLeft.insert(move.id) }
        let isCompleted = end == .released || sabotage == .drainMiscounts
        let outcome: MoveOutcome =
            isCompleted ? .completed : end == .ended ? .ended(.timeout(.taker)) : .failed(.associationChanged)
        guard gateway.drain?.ended(move.id, outcome) == true else { return }
        goOnDraining(gateway)
    }

    private mutating func goOnDraining(_ gateway: SimulatedNode) {
        var name = moves.count
        let begun = gateway.drain?.begin {
            name += 1
            return MoveID(UInt128(name))
        }
        let ordered = (begun ?? []).map { SimulatedMove($0.unit, id: $0.id) }
        moves += ordered
        drainOpen.formUnion(ordered.map(\.id))
        for move in ordered {
            planAbort(of: move)
            request(move, stepping: false)
        }
    }

    /// No more is under way than may be, by the queue's word and by what the gateway does.
    func checkDrain() throws(Violation) {
        guard drainOpen.count <= Self.drainLimit else { throw .drainUnbounded(drainOpen.count) }
        for gateway in gateways {
            guard gateway.drain?.running ?? 0 <= Self.drainLimit else { throw .drainUnbounded(drainOpen.count) }
        }
    }

    /// At the end a drain has counted what happened, and what it counts as gone is gone.
    func checkDrainAtRest() throws(Violation) {
        for gateway in gateways {
            guard let drain = gateway.drain else { continue }
            let gone = moves[drainStart...].count { drainLeft.contains($0.id) }
            guard !drain.isUnderWay, drain.completed == gone, drain.completed + drain.failed == drain.moves else {
                throw .drainMiscounted(drain.completed, gone)
            }
            for move in moves[drainStart...] where drainLeft.contains(move.id) {
                guard move.places.allSatisfy({ gateway.stack[$0] == nil }) else {
                    throw .drainMiscounted(drain.completed, gone)
                }
            }
        }
    }
}
