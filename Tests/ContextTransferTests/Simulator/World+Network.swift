import ContextTransfer
import ForwardingPath
import IPsec

extension World {
    private var isFaulty: Bool { faults && now < Self.faultsEnd }

    /// Puts a message on its way: within one node it is neither lost nor delayed.
    mutating func send(_ envelope: MoveEnvelope) {
        let local = envelope.route[envelope.sender] == envelope.route[envelope.receiver]
        guard isFaulty, !local else { return events.add(.deliver(envelope), at: now + (local ? 0 : 2)) }
        put(.deliver(envelope))
    }

    /// Puts a message on its way that belongs to no move.
    mutating func send(_ word: SimulatedWord) {
        guard isFaulty else { return events.add(.say(word), at: now + 2) }
        put(.say(word))
    }

    private mutating func put(_ event: Event) {
        if random.once(in: setting.lossOdds) { return note("lost: \("\(event)".prefix(80))") }
        let doubles = sabotage == .moveInstalledAgain || sabotage == .cancelledNotDurable ? 2 : 10
        for _ in 0..<(random.once(in: doubles) ? 2 : 1) {
            let slow = random.once(in: 8) ? 2_000 : 20
            events.add(event, at: now + Int.random(in: 1...slow, using: &random))
        }
    }

    mutating func reply(_ message: MoveMessage, from sender: MoveRole, to receiver: MoveRole, _ move: SimulatedMove) {
        send(
            MoveEnvelope(
                id: move.id, subject: move.offer.subject, route: move.route, sender: sender, receiver: receiver,
                message: message))
    }

    /// Hands a message to the machine that plays its receiver, made now or found in the journal if need be.
    mutating func receive(_ envelope: MoveEnvelope) {
        guard let name = envelope.route[envelope.receiver], let move = move(envelope.id) else { return }
        let node = node(name)
        guard node.isAlive else { return }
        switch envelope.receiver {
        case .source:
            if node.sources[move.id] == nil, let entry = node.journal[.init(id: move.id, role: .source)] {
                node.sources[move.id] = restoredSource(node, entry)
            }
            if node.sources[move.id] == nil, !lead(move, envelope.message, at: node) { return }
            if case .request(let request) = envelope.message {
                return reply(
                    .answer(request.offer.associations.map { _ in .accepted }), from: .source, to: .holder, move)
            }
            feed(.source(.received(envelope.message)), move, at: node)
        case .holder:
            if node.holders[move.id] == nil {
                if let entry = node.journal[.init(id: move.id, role: .holder)] {
                    node.holders[move.id] = restoredHolder(node, entry)
                } else if case .collect(let identifiers) = envelope.message {
                    node.holders[move.id] = HolderMove(identifiers: identifiers)
                } else {
                    return reply(HolderMove.answer(toUnknown: envelope.message), from: .holder, to: .source, move)
                }
            }
            feed(.holder(.received(envelope.message)), move, at: node)
        case .target:
            if node.targets[move.id] == nil { node.targets[move.id] = TargetMove() }
            feed(.target(.received(envelope.message)), move, at: node)
        case .taker:
            if node.takers[move.id] == nil { node.takers[move.id] = restoredTaker(node, move) ?? TakerMove() }
            feed(.taker(.received(envelope.message)), move, at: node)
        case .mobile:
            if node.mobiles[move.id] == nil { node.mobiles[move.id] = MobileMove() }
            feed(.mobile(.received(envelope.message)), move, at: node)
        }
    }

    /// What a previous router does with a message about a move that it knows nothing of: whether it leads it now.
    private mutating func lead(_ move: SimulatedMove, _ message: MoveMessage, at node: SimulatedNode) -> Bool {
        guard case .request(let request) = message else {
            if message == .inquire { reply(.refused(.unknownMove), from: .source, to: .holder, move) }
            return false
        }
        // One move at a time for each user.
        guard !node.leads(move) else {
            reply(.refused(.busy), from: .source, to: .holder, move)
            return false
        }
        node.sources[move.id] = SourceMove(
            offer: request.offer, approval: request.approval ?? .automatic, stepping: request.stepping)
        feed(.source(.start), move, at: node)
        return true
    }
}
