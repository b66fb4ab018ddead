import ContextTransfer
import ForwardingPath
import IPsec
import UserspaceIPsec

/// Who asks for new SAs, and what comes of it.
extension World {
    /// How often new SAs are asked for where nobody answers, and how long at first until the next time.
    private static let patience = (attempts: 6, pause: 1_000)

    /// An SA here is to be negotiated anew, with what goes the other way.
    mutating func renew(_ place: SAPlace, at node: SimulatedNode) {
        guard setting.negotiates, node.isAlive else { return }
        let unit = node.stack.all.filter { $0.place.lane == place.lane && $0.place.generation == place.generation }
        ask(unit.sorted { $0.place < $1.place }.map { AssociationTemplate($0.association) }, areGone: false, at: node)
    }

    mutating func ask(_ templates: [AssociationTemplate], areGone: Bool, at node: SimulatedNode) {
        guard setting.negotiates, !templates.isEmpty, sabotage != .renegotiationNotAsked else { return }
        events.add(
            .ask(SimulatedAsk(node: node, life: node.life, templates: templates, areGone: areGone)), at: now)
    }

    /// The operator is told that SAs here ended, and new ones are asked for.
    mutating func tell(_ identifiers: [SAIdentifier], areGone: Bool, at node: SimulatedNode) {
        let places = identifiers.map(SimulatedAssociations.place)
        told.formUnion(places)
        ask(
            places.compactMap { node.stack[$0] }.map { AssociationTemplate($0.association) }, areGone: areGone,
            at: node)
    }

    mutating func carryOut(_ ask: SimulatedAsk) {
        let node = ask.node
        guard node.isAlive, node.life == ask.life else { return forgotten.formUnion(ask.places.map(\.lane)) }
        // Replaced, or left with a move.
        if !ask.areGone, ask.places.allSatisfy({ node.stack[$0] == nil }) { return }
        guard beginRenewal(ask.places, at: node) else { return again(ask) }
        if let failure = begin(ask.templates, .init(ask: ask), at: node) { failed(ask, failure) }
    }

    private mutating func again(_ ask: SimulatedAsk) {
        var next = ask
        next.attempt += 1
        guard next.attempt < Self.patience.attempts else { return giveUp(ask) }
        events.add(.ask(next), at: now + Self.patience.pause << ask.attempt)
    }

    private mutating func failed(_ ask: SimulatedAsk, _ failure: KeyExchangeFailure) {
        note("\(ask.node.name): \(ask.places) were not negotiated: \(failure)")
        ask.node.endRenewal(ask.places)
        switch failure {
        case .noCommonSuite, .notAllowed, .noAssociation: giveUp(ask)
        case .noAnswer, .busy, .notAuthentic, .stack, .unknownExchange, .abandoned: again(ask)
        }
    }

    /// The operator is told that somebody has to see to it.
    private mutating func giveUp(_ ask: SimulatedAsk) {
        note("\(ask.node.name) gives up on \(ask.places)")
        alarmed.formUnion(ask.places.map(\.lane))
    }

    /// SAs here are about to be negotiated anew: a move that has not taken them out of service ends. `false`, and nothing
    /// changes, where one has.
    mutating func beginRenewal(_ places: [SAPlace], at node: SimulatedNode) -> Bool {
        if sabotage == .renewalDoesNotWait {
            for place in places { node.renewing[place, default: 0] += 1 }
        } else if !node.beginRenewal(places) {
            return false
        }
        events.add(.changed(node, Set(places), .associationChanged), at: now)
        return true
    }

    /// Both ends use the new SAs.
    mutating func report(_ renewals: [Renewal], _ exchange: SimulatedExchange, at node: SimulatedNode) {
        let new = renewals.map { SimulatedAssociations.place(of: $0.new) }
        note("\(node.name) has \(new) in the place of \(exchange.places)")
        node.words[exchange.id] = exchange.machine.lastWord(nil)
        node.unsettled.subtract(new)
        if gateways.contains(where: { $0 === node }) {
            owed.subtract(exchange.places)
            superseded.formUnion(exchange.places)
            // Those that were negotiated once more before this was told are no news.
            let current = Set(new).subtracting(superseded)
            owed.formUnion(current)
            node.owned.formUnion(current)
            renewed += 1
        }
        if let ask = exchange.order?.ask, ask.areGone { for place in ask.places { node.renewing[place] = nil } }
        if let move = exchange.order?.move { feed(RenewalTaking.Input.renewed, move, at: node) }
    }

    mutating func fail(_ failure: KeyExchangeFailure, _ exchange: SimulatedExchange, at node: SimulatedNode) {
        node.words[exchange.id] = exchange.machine.lastWord(failure)
        if exchange.order == nil { node.endRenewal(exchange.places) }
        for ask in exchange.waiting + [exchange.order?.ask].compactMap(\.self) { failed(ask, failure) }
        if let move = exchange.order?.move {
            feed(RenewalTaking.Input.failed(.failure("\(failure)")), move, at: node)
        }
    }

    /// Old SAs end here: others took their place.
    mutating func end(_ places: [SAPlace], at node: SimulatedNode) {
        note("\(node.name) ends \(places)")
        for place in places {
            remove(place, at: node)
            node.owned.remove(place)
            node.renewing[place] = nil
        }
        forgetArrivals(of: Set(places), at: node)
    }
}
