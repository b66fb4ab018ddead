import ContextTransfer
import ForwardingPath
import IPsec
import UserspaceIPsec

/// SAs that cannot move as they are: the taker negotiates others in their place.
extension World {
    /// What the plan says, once the taker was asked. Now and then it is no longer true when the move begins.
    mutating func isToBeNegotiated(_ move: SimulatedMove) -> Bool {
        guard setting.negotiates, move.group == nil, !move.isOfDrain, !random.once(in: 6) else { return false }
        let taker = capabilities(of: node(move.route.taker))
        let isMissing = move.offer.associations.contains { $0.verdict(taker, present: []) != .accepted }
        return isMissing || move.isInUse && setting.conflict == .renegotiate
    }

    mutating func replace(_ move: SimulatedMove) {
        let holder = node(move.route.holder)
        guard holder.isAlive, beginRenewal(move.places, at: holder) else { return }
        let templates = move.places.compactMap { holder.stack[$0] }.map { AssociationTemplate($0.association) }
        let task = RenewalTask(
            peer: mobile(move.lane).name, associations: templates, policies: templates.map { _ in [] },
            profile: UserProfile(user: "MN"), onlyUpgrades: false)
        holder.renewals[move.id] = RenewalMove(task)
        note("\(move.route.taker) is to negotiate \(move.places)")
        if faults, random.once(in: 5) {
            events.add(.abortRenewal(move.id), at: now + Int.random(in: 1...800, using: &random))
        }
        feed(RenewalMove.Input.start, move.id, at: holder)
    }

    mutating func receive(_ message: RenewalMessage) {
        let node = node(message.receiver)
        guard node.isAlive, let move = move(message.id) else { return }
        if message.receiver == move.route.taker {
            if node.takings[move.id] == nil {
                guard message.content.opens else { return }
                node.takings[move.id] = RenewalTaking()
            }
            feed(RenewalTaking.Input.received(message.content), move.id, at: node)
        } else {
            feed(RenewalMove.Input.received(message.content), move.id, at: node)
        }
    }

    mutating func feed(_ input: RenewalMove.Input, _ id: MoveID, at node: SimulatedNode) {
        guard let move = move(id), let actions = node.renewals[id]?.handle(input) else { return }
        for action in actions where node.isAlive {
            if faults, now < Self.faultsEnd, random.once(in: setting.crashOdds) {
                return crash(node, losingStack: true)
            }
            switch action {
            case .send(let content):
                say(content, id, from: node, to: move.route.taker)
                if sabotage == .oldEndedTooEarly, case .forwarding = content { endReplaced(move, at: node) }
            case .setDeadline(let duration): wait(duration, id, isHolder: true, at: node)
            case .enter, .tell: break
            case .forward(let new): node.forwards.formUnion(new.map(SimulatedAssociations.place))
            case .end: endReplaced(move, at: node)
            case .renew(let old):
                ask(
                    old.compactMap { node.stack[$0] }.map { AssociationTemplate($0.association) }, areGone: false,
                    at: node)
            case .finish(let outcome):
                note("finished: \(outcome)")
                if outcome == .completed { replaced += 1 } else { node.endRenewal(move.places) }
                end(move, outcome)
            }
        }
    }

    /// The holder ends the old SAs: the mobile node and the taker must use others.
    private mutating func endReplaced(_ move: SimulatedMove, at node: SimulatedNode) {
        let isUsed = move.places.allSatisfy { !owed.contains($0) || told.contains($0) }
        if !isUsed { violation = violation ?? .endedTooEarly("\(move.places)") }
        end(move.places, at: node)
    }

    mutating func feed(_ input: RenewalTaking.Input, _ id: MoveID, at node: SimulatedNode) {
        guard let move = move(id), let actions = node.takings[id]?.handle(input) else { return }
        for action in actions where node.isAlive {
            if faults, now < Self.faultsEnd, random.once(in: setting.crashOdds) {
                return crash(node, losingStack: true)
            }
            switch action {
            case .send(let content):
                say(content, id, from: node, to: move.route.holder)
                if sabotage == .newUsedTooEarly, case .ready = content { proceed(true, move, at: node) }
            case .setDeadline(let duration): wait(duration, id, isHolder: false, at: node)
            case .negotiate(let task):
                if let failure = begin(task.associations, .init(ask: nil, move: id, peer: task.peer), at: node) {
                    feed(RenewalTaking.Input.failed(.failure("\(failure)")), id, at: node)
                }
            case .proceed(let goesOn): proceed(goesOn, move, at: node)
            }
        }
    }

    /// Lets the key management of a taker use the new SAs, or not.
    private mutating func proceed(_ goesOn: Bool, _ move: SimulatedMove, at node: SimulatedNode) {
        guard let exchange = node.exchanges.first(where: { $0.order?.move == move.id }) else { return }
        let holder = self.node(move.route.holder)
        let new = node.stack.pair(of: move.lane).map(\.place)
        if goesOn, holder.life == 0, !new.allSatisfy(holder.forwards.contains) {
            violation = violation ?? .usedTooEarly("\(new)")
        }
        feed(goesOn ? .turned : .failed, to: exchange.id, at: node)
    }

    private mutating func wait(_ duration: Duration?, _ id: MoveID, isHolder: Bool, at node: SimulatedNode) {
        let key = SimulatedNode.Key(id: id, role: isHolder ? .holder : .taker)
        let number = (node.deadlines[key] ?? 0) + 1
        node.deadlines[key] = number
        guard let duration else { return }
        events.add(
            .renewalDeadline(node, id, isHolder: isHolder, number: number), at: now + Int(duration / .milliseconds(1)))
    }

    private mutating func say(
        _ content: RenewalMessage.Content, _ id: MoveID, from node: SimulatedNode, to peer: NodeName
    ) {
        send(.renewal(RenewalMessage(id: id, sender: node.name, receiver: peer, content: content)))
    }
}

extension RenewalMessage.Content {
    /// Whether it is for a taker that may know nothing of it yet.
    fileprivate var opens: Bool {
        switch self {
        case .order, .forwarding: true
        case .survey, .surveyed, .ready, .renewed, .refused, .succession, .ended, .renew, .takeOver, .left, .done: false
        }
    }
}
