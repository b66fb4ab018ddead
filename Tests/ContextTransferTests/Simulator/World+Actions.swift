import ContextTransfer
import ForwardingPath
import IPsec

extension World {
    mutating func feedDeadline(_ node: SimulatedNode, _ key: SimulatedNode.Key) {
        guard let move = move(key.id) else { return }
        switch key.role {
        case .source: feed(.source(.deadlinePassed), move, at: node)
        case .holder: feed(.holder(.deadlinePassed), move, at: node)
        case .target: feed(.target(.deadlinePassed), move, at: node)
        case .mobile: break
        case .taker: feed(.taker(.deadlinePassed), move, at: node)
        }
    }

    /// Gives an input to a machine and carries out what it asks for, then what the stack answers.
    mutating func feed(_ input: Input, _ move: SimulatedMove, at node: SimulatedNode) {
        var inputs = [input]
        while !inputs.isEmpty, node.isAlive {
            let (role, actions) = handle(inputs.removeFirst(), move, at: node)
            let standing = role == .source ? node.sources[move.id]?.groupStanding : nil
            for action in actions {
                if faults, now < Self.faultsEnd, random.once(in: setting.crashOdds) {
                    return crash(node, losingStack: random.once(in: 2))
                }
                inputs += perform(action, role, move, at: node)
            }
            if let standing, node.isAlive { tellGroup(standing, of: move, at: node) }
        }
    }

    private mutating func handle(
        _ input: Input, _ move: SimulatedMove, at node: SimulatedNode
    ) -> (MoveRole, [MoveAction]) {
        switch input {
        case .source(let input):
            if case .received(.transfer) = input { notePause(of: .source, move, at: node) }
            if sabotage == .abortWithoutAsking, case .abort = input {
                reply(.settled(.cancelled(.aborted(by: "operator"))), from: .source, to: .holder, move)
            }
            let actions = node.sources[move.id]?.handle(input) ?? []
            if move.group == nil, node.sources[move.id]?.waitsForKey == true {
                events.add(.proceed(move.id), at: now + Int.random(in: 1...400, using: &random))
            }
            return (.source, actions)
        case .holder(let input): return (.holder, node.holders[move.id]?.handle(input) ?? [])
        case .target(let input): return (.target, node.targets[move.id]?.handle(input) ?? [])
        case .taker(let input):
            if case .received(.transfer) = input { notePause(of: .taker, move, at: node) }
            return (.taker, node.takers[move.id]?.handle(input) ?? [])
        case .mobile(let input): return (.mobile, node.mobiles[move.id]?.handle(input) ?? [])
        }
    }

    /// The pause counts as age: each party adds what it saw of it.
    private func notePause(of role: MoveRole, _ move: SimulatedMove, at node: SimulatedNode) {
        let key = SimulatedNode.Key(id: move.id, role: role)
        node.pauses[key] = node.pauses[key] ?? now
    }

    /// Carries out one action; gives the stack's answer, if it has one.
    private mutating func perform(
        _ action: MoveAction, _ role: MoveRole, _ move: SimulatedMove, at node: SimulatedNode
    ) -> [Input] {
        let key = SimulatedNode.Key(id: move.id, role: role)
        let pause = node.pauses[key].map { Duration.milliseconds(now - $0) } ?? .zero
        switch action {
        case .send(.transfer(let dynamics, let elapsed), let receiver) where role != .target:
            reply(.transfer(dynamics, elapsed: elapsed + pause), from: role, to: receiver, move)
        case .send(let message, let receiver):
            if sabotage == .copyNotDestroyed, message == .destroy { return [.source(.received(.destroyed))] }
            reply(message, from: role, to: receiver, move)
            if sabotage == .updateNotRepeated, role == .taker, case .update = message {
                return [.taker(.received(.updated(nil)))]
            }
        case .record(let record): self.record(record, key, move, at: node)
        case .setDeadline(let duration):
            let generation = (node.deadlines[key] ?? 0) + 1
            node.deadlines[key] = generation
            if let duration {
                events.add(.deadline(node, key, generation: generation), at: now + Int(duration / .milliseconds(1)))
            }
        case .enter: break
        case .askApproval:
            let agrees = !faults || !random.once(in: 8)
            let time = now + Int.random(in: 1...400, using: &random)
            events.add(.approve(node, move.id, role, agrees: agrees), at: time)
        case .renegotiate(let identifiers, let reason):
            note("renegotiate: \(reason)")
            if sabotage != .holderResumesOnTimeout { tell(identifiers, areGone: true, at: node) }
        case .finish: finish(move, role, at: node)
        case .read, .quiesce, .resume, .check, .examine, .hold, .forget, .install, .remove, .redirect, .update,
            .retireOldNames:
            return askStack(action, role, move, pause: pause, at: node)
        }
        return []
    }

    private mutating func record(
        _ record: MoveRecord, _ key: SimulatedNode.Key, _ move: SimulatedMove, at node: SimulatedNode
    ) {
        note("\(node.name) records \(record)")
        if record == .mayBeSent {
            // A negotiation, or another move, takes them away: nothing is written of what will not be done.
            let isRenewing = sabotage != .changeDoesNotCancel && node.isNegotiated(move.places)
            guard !node.isLeaving(move.places), !isRenewing else { return }
            node.leaving[key.id] = Set(move.places)
        }
        if case .closed = record { node.leaving[key.id] = nil }
        switch (sabotage, record) {
        case (.mayBeSentNotDurable, .mayBeSent), (.installingNotDurable, .installing),
            (.installingNotDurable, .installed), (.cancelledNotDurable, .cancelled):
            if case .cancelled = record { node.journal[key] = nil }
            // What was not written down is missed only after a crash.
            if sabotage == .cancelledNotDurable || random.once(in: 3) {
                events.add(.crash(node, losingStack: false), at: now + 1)
            }
            return
        case (_, .cancelled) where node.journal[key] == nil && key.id.isForgotten:
            // Nothing was promised: a journal need not keep it for long.
            break
        default:
            let updates = key.role == .taker ? node.takers[key.id]?.updates ?? [] : []
            let earlier = node.journal[key]?.updates ?? []
            node.journal[key] = .init(record: record, move: move, updates: updates.isEmpty ? earlier : updates)
        }
        if record == .installed { node.owned.formUnion(move.places) }
        if record == .lost { node.owned.subtract(move.places) }
    }

    /// Drops a machine that is done: whoever asks later is answered from the journal.
    private mutating func finish(_ move: SimulatedMove, _ role: MoveRole, at node: SimulatedNode) {
        switch role {
        case .source:
            if case .finished(let outcome) = node.sources[move.id]?.state {
                note("finished: \(outcome)")
                if outcome == .completed { lookAtNames(of: move) }
                end(move, outcome)
            }
            node.sources[move.id] = nil
        case .holder:
            if case .finished(let end) = node.holders[move.id]?.state { goOnDraining(move, end, at: node) }
            node.holders[move.id] = nil
        case .target: node.targets[move.id] = nil
        case .taker:
            if case .installed = node.takers[move.id]?.state { renewDying(move.places, at: node) }
            node.takers[move.id] = nil
        case .mobile: node.mobiles[move.id] = nil
        }
        let key = SimulatedNode.Key(id: move.id, role: role)
        (node.deadlines[key], node.pauses[key]) = (nil, nil)
    }
}

extension MoveID {
    /// Whether a journal that has too many of its kind forgets what it was told of this move and never took part in.
    fileprivate var isForgotten: Bool { value.isMultiple(of: 2) }
}
