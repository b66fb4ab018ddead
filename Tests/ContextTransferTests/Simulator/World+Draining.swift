import ContextTransfer
import ForwardingPath
import IPsec

/// A gateway is drained: many moves of several mobile nodes, few of them under way at a time. What one gateway does not take
/// is tried at another, what somebody is in the way of later, and an operator may stop it.
extension World {
    /// How many moves of a drain are under way at a time, how often what is in the way is waited for, and how long.
    static let (drainLimit, drainPatience, drainPause) = (2, 3, 50)

    /// An operator orders a drain of what is still there, or one goes on after a restart, since the journal says so.
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
        (drainStart, drainOpen, drainRefusals, drainWaits) = (moves.count, [], [:], [:])
        let approval = ApprovalPolicy.allCases.randomElement(using: &random) ?? .automatic
        let units = lanes.map { makeMove($0, 0, approval, nil) }
        gateway.drain = DrainQueue(units, limit: sabotage == .drainUnbounded ? units.count : Self.drainLimit)
        goOnDraining(gateway)
    }

    /// An operator has nothing more of it begin, and the journal says so.
    mutating func stopDrain() {
        let gateway = node(here.gateways[0])
        guard gateway.isAlive, gateway.drain?.isUnderWay == true else { return }
        note("stop of the drain")
        isDrainStopped = true
        if sabotage != .drainNotStopped { gateway.drain?.stop() }
        if sabotage != .drainStopNotWritten { gateway.isDrainNoted = false }
    }

    /// Takes in how a move ended at the gateway that is drained.
    mutating func goOnDraining(_ move: SimulatedMove, _ end: HolderEnd, at gateway: SimulatedNode) {
        guard move.isOfDrain else { return }
        if drainOpen.remove(move.id) != nil, end == .released { drainLeft.insert(move.id) }
        guard var unit = gateway.drain?[move.id] else { return }
        let outcome: MoveOutcome =
            switch end {
            case .released: .completed
            case .kept: .stayed(outcomes[move.id]?.reason ?? .timeout(.source))
            case .ended: .ended(.timeout(.taker))
            }
        let patience = sabotage == .drainWaitsOn ? 1_000 : Self.drainPatience
        let retry = unit.attempts.next(after: outcome, to: move.route.taker, waits: patience)
        switch sabotage == .drainRetriesWhatLeft && end == .released ? .later : retry {
        case .later:
            events.add(
                .retryDrain(gateway, life: gateway.life, unit, after: move, outcome), at: now + Self.drainPause)
        case .elsewhere:
            let others = ["NR", "SG2"].filter {
                sabotage == .drainAsksAgain ? $0 == move.route.taker : !unit.attempts.refusedBy.contains($0)
            }
            guard let other = others.first else { return settle(move.id, outcome, at: gateway) }
            self.retry(SimulatedMove(unit, to: other), after: move, outcome, at: gateway)
        case nil: settle(move.id, outcome, at: gateway)
        }
    }

    /// Tries SAs once more; where the drain was stopped their move ended as it did.
    mutating func retry(
        _ unit: SimulatedMove, after move: SimulatedMove, _ outcome: MoveOutcome, at gateway: SimulatedNode
    ) {
        let again = SimulatedMove(unit, id: MoveID(UInt128(moves.count + 1)))
        if sabotage == .drainCountsRetries, gateway.drain?.ended(move.id, outcome) == true { return begin([again]) }
        guard gateway.drain?.retry(move.id, as: unit) == true else {
            // A move may end twice, where it was asked about once more: it is looked into once.
            guard gateway.drain?[move.id] != nil else { return }
            if sabotage == .drainRetriesWhenStopped { begin([again]) }
            return settle(move.id, outcome, at: gateway)
        }
        note("drain: \(move.id.value) is tried once more, to \(unit.route.taker)")
        drainRetries += 1
        if outcome.retry == .elsewhere {
            drainRefusals[move.lane, default: []].insert(move.route.taker)
        } else {
            drainWaits[move.lane, default: 0] += 1
        }
        goOnDraining(gateway)
    }

    private mutating func settle(_ move: MoveID, _ outcome: MoveOutcome, at gateway: SimulatedNode) {
        let counted = sabotage == .drainMiscounts ? .completed : outcome
        guard gateway.drain?.ended(move, counted) == true else { return }
        goOnDraining(gateway)
        if gateway.drain?.isUnderWay == false { gateway.isDrainNoted = false }
    }

    private mutating func goOnDraining(_ gateway: SimulatedNode) {
        var name = moves.count
        let begun = gateway.drain?.begin {
            name += 1
            return MoveID(UInt128(name))
        }
        begin((begun ?? []).map { SimulatedMove($0.unit, id: $0.id) })
    }

    private mutating func begin(_ ordered: [SimulatedMove]) {
        moves += ordered
        drainOpen.formUnion(ordered.map(\.id))
        for move in ordered {
            if isDrainStopped { violation = violation ?? .drainBegan }
            if drainRefusals[move.lane, default: []].contains(move.route.taker)
                || drainWaits[move.lane, default: 0] > Self.drainPatience
            {
                violation = violation ?? .drainAskedAgain(move.route.taker.text)
            }
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

    /// At the end a drain has counted what happened, each unit once, and what it counts as gone is gone.
    func checkDrainAtRest() throws(Violation) {
        for gateway in gateways {
            guard let drain = gateway.drain else { continue }
            let gone = moves[drainStart...].count { drainLeft.contains($0.id) }
            let stayed = drain.refused + drain.aborted + drain.failed + drain.leftOut
            guard !drain.isUnderWay, drain.completed == gone, drain.completed + stayed == drain.moves,
                drain.leftOut == 0 || isDrainStopped
            else { throw .drainMiscounted(drain.completed, gone) }
            for move in moves[drainStart...] where drainLeft.contains(move.id) {
                guard move.places.allSatisfy({ gateway.stack[$0] == nil }) else {
                    throw .drainMiscounted(drain.completed, gone)
                }
            }
        }
    }
}
