import ContextTransfer
import ForwardingPath
import IPsec
import UserspaceIPsec

extension World {
    mutating func step(_ event: Event) throws(Violation) {
        switch event {
        case .deliver(let envelope):
            note("\(envelope.sender) → \(envelope.receiver) of \(envelope.id.value): \(envelope.message.label)")
            receive(envelope)
        case .say(.exchange(let message)):
            note("\(message.sender) → \(message.receiver): \("\(message.content)".prefix { $0 != "(" })")
            receive(message)
        case .say(.renewal(let message)):
            note("\(message.sender) → \(message.receiver): \("\(message.content)".prefix { $0 != "(" })")
            receive(message)
        case .deadline(let node, let key, let generation):
            guard node.deadlines[key] == generation else { return }
            feedDeadline(node, key)
        case .exchangeDeadline(let node, let id, let number):
            guard let exchange = node.exchanges.first(where: { $0.id == id }), exchange.deadline == number else {
                return
            }
            feed(.deadlinePassed, to: id, at: node)
        case .renewalDeadline(let node, let id, let isHolder, let number):
            guard node.deadlines[.init(id: id, role: isHolder ? .holder : .taker)] == number else { return }
            if isHolder {
                feed(RenewalMove.Input.deadlinePassed, id, at: node)
            } else {
                feed(RenewalTaking.Input.deadlinePassed, id, at: node)
            }
        case .crash(let node, let losingStack): crash(node, losingStack: losingStack)
        case .restart(let node): restart(node)
        case .startMove: startMove()
        case .startDrain: startDrain()
        case .stopDrain: stopDrain()
        case .retryDrain(let gateway, let life, let unit, let move, let outcome):
            guard gateway.isAlive, gateway.life == life else { return }
            retry(unit, after: move, outcome, at: gateway)
        case .abort(let id): abort(id)
        case .abortRenewal(let id):
            if let move = move(id) { feed(RenewalMove.Input.abort(by: "operator"), id, at: node(move.route.holder)) }
        case .approve(let node, let id, let role, let agrees):
            guard let move = move(id) else { return }
            if role == .source {
                feed(.source(agrees ? .approved : .denied(by: "operator")), move, at: node)
            } else {
                feed(.target(agrees ? .approved(by: "operator") : .denied(by: "operator")), move, at: node)
            }
        case .proceed(let id):
            guard let move = move(id) else { return }
            feed(.source(.proceed), move, at: node(move.route.source))
        case .proceedGroup(let node, let group): give(.proceed, to: group, at: node)
        case .order(let node, let id, let input):
            guard let move = move(id) else { return }
            feed(.source(input), move, at: node)
        case .changed(let node, let places, let reason): associationsChanged(places, reason, at: node)
        case .age(let node, let association): age(association, at: node)
        case .ask(let ask): carryOut(ask)
        case .traffic: try traffic()
        }
    }

    /// Starts the next move where the SAs are, if they are where it would start: several as a group.
    private mutating func startMove() {
        guard movesLeft > 0, node(here.router).isAlive,
            (0..<setting.lanes).allSatisfy({ node(here.gateways[$0]).settledPair(of: $0).count == 2 })
        else { return }
        movesLeft -= 1
        let approval = ApprovalPolicy.allCases.randomElement(using: &random) ?? .automatic
        let stepping = random.once(in: 4)
        let group = setting.isGroup ? MoveID(UInt128(1_000 + moves.count)) : nil
        let begun = (0..<setting.lanes).map { makeMove($0, moves.count + $0 + 1, approval, group) }
        moves += begun
        note("move \(begun.map(\.id.value)): \(begun.map(\.route))")
        if let group { node(here.router).groups[group] = GroupMove(members: begun.map(\.id), stepping: stepping) }
        (here, there) = (there, here)
        for move in begun {
            if isToBeNegotiated(move) { replace(move) } else { start(move, stepping: stepping) }
        }
    }

    mutating func makeMove(_ lane: Int, _ number: Int, _ approval: ApprovalPolicy, _ group: MoveID?) -> SimulatedMove {
        let gateway = node(here.gateways[lane])
        let pair = gateway.settledPair(of: lane)
        var offer = MoveOffer(
            subject: SimulatedAssociations.lanes[lane].subject,
            associations: pair.map { AssociationOffer($0.association) },
            needsApproval: approval.needsTarget, requestedBy: "operator", group: group)
        offer.identity = setting.identity
        let route = MoveRoute(
            holder: here.gateways[lane], source: here.router, target: there.router, taker: there.gateways[lane],
            mobile: mobile(lane).name)
        let isInUse =
            switch setting.conflict {
            case .none: false
            // The operator's rule is everywhere the same; SPIs are in use here and there.
            case .deny: setting.isDrain ? lane == 1 : !random.once(in: 3)
            case .reassign: true
            case .renegotiate: !random.once(in: 3)
            case .missing: false
            }
        return SimulatedMove(
            id: MoveID(UInt128(number)), route: route, offer: offer, approval: approval, places: pair.map(\.place),
            group: group, isInUse: isInUse, isOfDrain: setting.isDrain)
    }

    private mutating func start(_ move: SimulatedMove, stepping: Bool) {
        let route = move.route
        planAbort(of: move)
        let holder = node(route.holder)
        if move.group == nil, random.once(in: 2), holder.isAlive {
            request(move, stepping: stepping)
        } else if !node(route.source).leads(move) {
            node(route.source).sources[move.id] = SourceMove(
                offer: move.offer, approval: move.approval, stepping: stepping, grouped: move.group != nil)
            feed(.source(.start), move, at: node(route.source))
        }
    }

    mutating func planAbort(of move: SimulatedMove) {
        if faults, random.once(in: 5) { events.add(.abort(move.id), at: now + Int.random(in: 1...800, using: &random)) }
        events.add(.abort(move.id), at: max(now, Self.faultsEnd) + 1000)
    }

    /// The holder's operator asks for a move.
    mutating func request(_ move: SimulatedMove, stepping: Bool) {
        let holder = node(move.route.holder)
        holder.holders[move.id] = HolderMove(
            requesting: MoveRequest(offer: move.offer, approval: move.approval, stepping: stepping))
        feed(.holder(.start), move, at: holder)
    }

    /// Takes in how a move ended, and with the last of a group goes on: back from there, or there once more.
    mutating func end(_ move: SimulatedMove, _ outcome: MoveOutcome) {
        guard outcomes.updateValue(outcome, forKey: move.id) == nil else { return }
        if sabotage == .moveInstalledAgain { node(move.route.taker).journal[.init(id: move.id, role: .taker)] = nil }
        guard !move.isOfDrain else { return }
        let members = moves.filter { $0.id == move.id || (move.group != nil && $0.group == move.group) }
        let completed = members.count { outcomes[$0.id] == .completed }
        guard members.allSatisfy({ outcomes[$0.id] != nil }), completed == 0 || completed == members.count else {
            return
        }
        if completed == 0 { (here, there) = (there, here) }
        events.add(.startMove, at: now + 5)
    }

    /// An operator calls a move back, and with it its group, which goes as long as no part of it can have moved.
    private mutating func abort(_ id: MoveID) {
        guard let move = move(id) else { return }
        let router = node(move.route.source)
        if let group = move.group, let machine = router.groups[group], !machine.isAbortable { return }
        for member in moves where member.id == id || (move.group != nil && member.group == move.group) {
            feed(.source(.abort(by: "operator")), member, at: router)
        }
    }
}
