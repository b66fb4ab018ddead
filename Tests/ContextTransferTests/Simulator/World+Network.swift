import ContextTransfer
import ForwardingPath
import IPsec

extension World {
    private var isFaulty: Bool { faults && now < Self.faultsEnd }

    /// Puts a message on its way: within one node it is neither lost nor delayed.
    mutating func send(_ envelope: MoveEnvelope) {
        let local = envelope.route[envelope.sender] == envelope.route[envelope.receiver]
        guard isFaulty, !local else { return events.add(.deliver(envelope), at: now + (local ? 0 : 2)) }
        if random.once(in: 12) { return note("lost: \(envelope.message.label)") }
        for _ in 0..<(random.once(in: 10) ? 2 : 1) {
            let slow = random.once(in: 8) ? 2_000 : 20
            events.add(.deliver(envelope), at: now + Int.random(in: 1...slow, using: &random))
        }
    }

    /// Hands a message to the machine that plays its receiver, made now or found in the journal if need be.
    mutating func receive(_ envelope: MoveEnvelope) {
        guard let name = envelope.route[envelope.receiver], nodes[name]?.isAlive == true,
            let move = moves.first(where: { $0.id == envelope.id })
        else { return }
        switch envelope.receiver {
        case .source:
            if nodes[name]?.sources[move.id] == nil, let entry = nodes[name]?.journal[.init(id: move.id, role: .source)]
            {
                let source = restoredSource(name, entry)
                nodes[name]?.sources[move.id] = source
            }
            if nodes[name]?.sources[move.id] == nil, !lead(move, envelope.message, at: name) { return }
            if case .request(let request) = envelope.message {
                return reply(
                    .answer(request.offer.associations.map { _ in .accepted }), from: .source, to: .holder, move)
            }
            feed(.source(.received(envelope.message)), move, at: name)
        case .holder:
            if nodes[name]?.holders[move.id] == nil {
                if let entry = nodes[name]?.journal[.init(id: move.id, role: .holder)] {
                    let holder = restoredHolder(name, entry)
                    nodes[name]?.holders[move.id] = holder
                } else if case .collect(let identifiers) = envelope.message {
                    nodes[name]?.holders[move.id] = HolderMove(identifiers: identifiers)
                } else {
                    return reply(HolderMove.answer(toUnknown: envelope.message), from: .holder, to: .source, move)
                }
            }
            feed(.holder(.received(envelope.message)), move, at: name)
        case .target:
            if nodes[name]?.targets[move.id] == nil { nodes[name]?.targets[move.id] = TargetMove() }
            feed(.target(.received(envelope.message)), move, at: name)
        case .taker:
            if nodes[name]?.takers[move.id] == nil {
                let taker = restoredTaker(name, move) ?? TakerMove()
                nodes[name]?.takers[move.id] = taker
            }
            feed(.taker(.received(envelope.message)), move, at: name)
        case .mobile:
            if nodes[name]?.mobiles[move.id] == nil { nodes[name]?.mobiles[move.id] = MobileMove() }
            feed(.mobile(.received(envelope.message)), move, at: name)
        }
    }

    private func restoredHolder(_ name: NodeName, _ entry: SimulatedNode.Entry) -> HolderMove {
        let identifiers = entry.move.lane.identifiers
        let inForce = identifiers.allSatisfy { nodes[name]?.stack[$0]?.inForce == true }
        return HolderMove(restoring: entry.record, identifiers: identifiers, inForce: inForce)
    }

    func restoredTaker(_ name: NodeName, _ move: SimulatedMove) -> TakerMove? {
        guard let node = nodes[name], let entry = node.journal[.init(id: move.id, role: .taker)] else { return nil }
        let identifiers = move.lane.identifiers
        let inForce = identifiers.allSatisfy { node.stack[$0]?.installedBy == move.id }
        let updates = entry.updates.map {
            let order = $0.order == 0 ? node.stack[$0.identifier]?.renamings ?? 0 : $0.order
            return GatewayUpdate(identifier: $0.identifier, name: $0.name, order: order)
        }
        return TakerMove(
            restoring: entry.record, identifiers: identifiers, inForce: inForce, stackSurvived: !node.stackWasLost,
            updates: updates)
    }

    mutating func reply(_ message: MoveMessage, from sender: MoveRole, to receiver: MoveRole, _ move: SimulatedMove) {
        send(
            MoveEnvelope(
                id: move.id, subject: move.offer.subject, route: move.route, sender: sender, receiver: receiver,
                message: message))
    }

    mutating func crash(_ name: NodeName, losingStack: Bool) {
        guard nodes[name]?.isAlive == true, now < Self.faultsEnd else { return }
        note("CRASH \(name)\(losingStack ? " with its stack" : "")")
        nodes[name]?.crash(losingStack: losingStack)
        if losingStack { nodes[name]?.stackWasLost = true }
        events.add(.restart(name), at: now + Int.random(in: 5...8_000, using: &random))
    }

    /// What a previous router does with a message about a move that it knows nothing of: whether it leads it now.
    private mutating func lead(_ move: SimulatedMove, _ message: MoveMessage, at name: NodeName) -> Bool {
        guard case .request(let request) = message else {
            if message == .inquire { reply(.refused(.unknownMove), from: .source, to: .holder, move) }
            return false
        }
        nodes[name]?.sources[move.id] = SourceMove(
            offer: request.offer, approval: request.approval ?? .automatic, stepping: request.stepping)
        feed(.source(.start), move, at: name)
        return true
    }

    /// What a daemon does when it starts: it finds its moves in the journal and its SAs in the stack.
    mutating func restart(_ name: NodeName) {
        note("RESTART \(name)")
        nodes[name]?.isAlive = true
        reportLosses(name)
        let entries = (nodes[name]?.journal ?? [:]).sorted {
            ($0.key.id, $0.key.role.rawValue) < ($1.key.id, $1.key.role.rawValue)
        }
        for (key, entry) in entries {
            switch key.role {
            case .source:
                if let group = entry.move.group, nodes[name]?.groups[group] == nil { restoreGroup(group, at: name) }
                let source = restoredSource(name, entry)
                nodes[name]?.sources[key.id] = source
                feed(.source(.deadlinePassed), entry.move, at: name)
            case .holder:
                let holder = restoredHolder(name, entry)
                nodes[name]?.holders[key.id] = holder
                if let correction = holder.correction { nodes[name]?.journal[key]?.record = correction }
                if sabotage == .holderResumesAfterRestart { resumeAll(name) }
                feed(.holder(.deadlinePassed), entry.move, at: name)
            case .target, .mobile: break
            case .taker:
                guard let taker = restoredTaker(name, entry.move) else { continue }
                nodes[name]?.takers[key.id] = taker
                guard let correction = taker.correction else { continue }
                nodes[name]?.journal[key]?.record = correction
                // It came into force just before the crash.
                if correction == .installed { nodes[name]?.owned.formUnion(entry.move.lane.identifiers) }
            }
        }
        nodes[name]?.stackWasLost = false
    }

    /// Tells the operator of SAs that the journal knows and the stack has not, unless a move will tell what became of them.
    private mutating func reportLosses(_ name: NodeName) {
        guard let node = nodes[name], sabotage != .lossNotReported else { return }
        let undecided = node.journal.filter { $0.key.role == .holder && $0.value.record == .mayBeSent }
        let waiting = undecided.values.flatMap(\.move.lane.identifiers)
        for identifier in node.owned where node.stack[identifier] == nil && !waiting.contains(identifier) {
            told.insert(identifier)
            nodes[name]?.owned.remove(identifier)
        }
    }

    private mutating func resumeAll(_ name: NodeName) {
        for identifier in SimulatedAssociations.lanes.flatMap(\.identifiers) {
            nodes[name]?.stack[identifier]?.inForce = true
        }
    }
}
