import ContextTransfer
import ForwardingPath
import IPsec
import UserspaceIPsec

/// The key management of a node, as ``X25519KeyExchange`` is around its machines.
extension World {
    /// Keys of both ends for all negotiations: what makes them differ is their name. Keys are slow to make.
    private static let keys = (initiator: EphemeralKey(), responder: EphemeralKey())

    /// The algorithms that a node has; those of the new gateways lack one where that is the conflict.
    func suites(of node: SimulatedNode) -> [AlgorithmSuite] {
        let lacks = setting.conflict == .missing && (node.name == "SG2" || node.name == "NR")
        return Array(SimulatedAssociations.suites.dropFirst(lacks ? 1 : 0))
    }

    func capabilities(of node: SimulatedNode) -> StackCapabilities {
        StackCapabilities(
            suites: Set(suites(of: node)), modes: [.tunnel], extendedSequenceNumbers: true,
            largestReplayWindow: 64, freeCapacity: 100, egressMTU: 1_500)
    }

    /// Begins a negotiation with the other end of SAs; or says why not.
    mutating func begin(
        _ templates: [AssociationTemplate], _ order: SimulatedExchange.Order, at node: SimulatedNode
    ) -> KeyExchangeFailure? {
        let places = templates.map { SimulatedAssociations.place(of: $0.replaces) }
        guard let lane = places.first?.lane,
            !node.exchanges.contains(where: { $0.places.contains(where: places.contains) })
        else { return .busy }
        generations[lane] += 1
        let (id, generation) = (KeyExchangeID(upper: 1, lower: UInt64(begun.count)), generations[lane])
        begun[id] = generation
        guard let peer = order.peer ?? far(lane, from: node) else { return .noAssociation }
        let proposals = templates.map { template in
            AssociationProposal(suites: suites(of: node), spi: spi(for: template, generation))
        }
        let machine = ExchangeInitiator(
            id, from: node.name.text, to: peer.text, templates: templates, proposals: proposals,
            key: Self.keys.initiator)
        node.exchanges.append(
            SimulatedExchange(id: id, peer: peer, order: order, machine: .initiator(machine)))
        feed(.start, to: id, at: node)
        return nil
    }

    /// The other end of a lane: for a mobile node the gateway that has its SAs now, as its gateway's address says.
    private func far(_ lane: Int, from node: SimulatedNode) -> NodeName? {
        guard !gateways.contains(where: { $0 === node }) else { return mobile(lane).name }
        let places = node.stack.all.filter { $0.place.lane == lane }.map(\.place)
        return gateways.first { gateway in
            gateway.stack.all.contains { places.contains($0.place) && $0.phase != .quiesced }
        }?.name
    }

    private mutating func spi(for template: AssociationTemplate, _ generation: Int) -> SPI? {
        guard template.direction == .inbound else { return nil }
        let lane = SimulatedAssociations.place(of: template.replaces).lane
        return SimulatedAssociations.spi(lane: lane, generation: generation, &random)
    }

    mutating func receive(_ message: KeyExchangeMessage) {
        guard let name = NodeName(message.receiver), let sender = NodeName(message.sender) else { return }
        let node = node(name)
        guard node.isAlive else { return }
        if let exchange = node.exchanges.first(where: { $0.id == message.id }) {
            if exchange.peer == sender { feed(.received(message.content), to: message.id, at: node) }
        } else if let word = node.words[message.id] {
            if message.content.asks { say(word, message.id, from: node, to: sender) }
        } else if case .hello(let identifiers, let share) = message.content {
            if let failure = respond(message.id, sender, identifiers, share, at: node) {
                say(.refused(failure), message.id, from: node, to: sender)
            }
        } else if message.content.asks {
            say(.refused(.unknownExchange), message.id, from: node, to: sender)
        }
    }

    /// Begins as the responder; or says why not.
    private mutating func respond(
        _ id: KeyExchangeID, _ sender: NodeName, _ identifiers: [SAIdentifier], _ share: KeyShare,
        at node: SimulatedNode
    ) -> KeyExchangeFailure? {
        let present = identifiers.compactMap { node.stack[$0] }
        guard present.count == identifiers.count else { return .noAssociation }
        guard present.allSatisfy({ $0.phase != .quiesced }) else { return .busy }
        let places = present.map(\.place)
        let rivals = node.exchanges.filter { $0.places.contains(where: places.contains) }
        // Where both ends began at once, the one whose node comes first goes on.
        guard rivals.allSatisfy({ $0.machine.isYielding && $0.peer == sender && sender.text < node.name.text }),
            beginRenewal(places, at: node)
        else { return .busy }
        // Who waits for one of them waits for this one.
        node.exchanges.removeAll { exchange in rivals.contains { $0.id == exchange.id } }
        let asks = rivals.compactMap { $0.order?.ask }
        let templates = present.map { AssociationTemplate($0.association) }
        let machine = ExchangeResponder(
            id, from: sender.text, to: node.name.text, templates: templates,
            accepted: templates.map { _ in suites(of: node) },
            spis: templates.map { spi(for: $0, begun[id] ?? 0) }, share: share, key: Self.keys.responder)
        node.exchanges.append(
            SimulatedExchange(id: id, peer: sender, order: nil, waiting: asks, machine: .responder(machine)))
        feed(.start, to: id, at: node)
        return nil
    }

    mutating func feed(_ input: ExchangeInput, to id: KeyExchangeID, at node: SimulatedNode) {
        var inputs = [input]
        while !inputs.isEmpty, let index = node.exchanges.firstIndex(where: { $0.id == id }) {
            for action in node.exchanges[index].machine.handle(inputs.removeFirst()) {
                if faults, now < Self.faultsEnd, random.once(in: setting.crashOdds) {
                    return crash(node, losingStack: true)
                }
                guard let exchange = node.exchanges.first(where: { $0.id == id }) else { return }
                if let answer = perform(action, exchange, at: node) { inputs.append(answer) }
            }
        }
    }

    private mutating func perform(
        _ action: ExchangeAction, _ exchange: SimulatedExchange, at node: SimulatedNode
    ) -> ExchangeInput? {
        switch action {
        case .send(let content): say(content, exchange.id, from: node, to: exchange.peer)
        case .setDeadline(let duration):
            guard let index = node.exchanges.firstIndex(where: { $0.id == exchange.id }) else { return nil }
            node.exchanges[index].deadline += 1
            let number = node.exchanges[index].deadline
            if let duration {
                events.add(
                    .exchangeDeadline(node, exchange.id, number: number), at: now + Int(duration / .milliseconds(1)))
            }
        case .install(let associations): return install(associations, exchange, at: node)
        case .turn(let renewals):
            if faults, now < Self.faultsEnd, random.once(in: 30) { return .failed }
            guard let move = exchange.order?.move else { return .turned }
            feed(RenewalTaking.Input.agreed(renewals.map(\.new)), move, at: node)
        case .alarm: note("\(node.name) does not hear whether \(exchange.peer) uses the new SAs")
        case .withdraw(let renewals):
            for renewal in renewals {
                let place = SimulatedAssociations.place(of: renewal.new)
                remove(place, at: node)
                node.unsettled.remove(place)
            }
        case .report(let renewals): report(renewals, exchange, at: node)
        case .end(let renewals):
            guard exchange.hasOld else { return nil }
            let old = renewals.map { SimulatedAssociations.place(of: $0.old) }
            end(old, at: node)
        case .fail(let failure): fail(failure, exchange, at: node)
        case .finish: node.exchanges.removeAll { $0.id == exchange.id }
        }
        return nil
    }

    private mutating func install(
        _ associations: [SecurityAssociation], _ exchange: SimulatedExchange, at node: SimulatedNode
    ) -> ExchangeInput {
        if faults, now < Self.faultsEnd, random.once(in: 20) { return .failed }
        for var association in associations {
            if sabotage == .oldKeysUsedAnew {
                let place = SimulatedAssociations.place(of: association.identifier)
                association.attributes.keys =
                    SimulatedAssociations.lanes[place.lane].associations[place.goesToMobile ? 1 : 0].attributes.keys
            }
            let entry = SimulatedSA(association, flow: flow(of: association.attributes.keys), established: now)
            add(entry, at: node)
            if sabotage != .unusedMoved { node.unsettled.insert(entry.place) }
        }
        return .installed
    }

    private mutating func say(
        _ content: KeyExchangeMessage.Content, _ id: KeyExchangeID, from node: SimulatedNode, to peer: NodeName
    ) {
        send(.exchange(KeyExchangeMessage(id: id, sender: node.name.text, receiver: peer.text, content: content)))
    }
}
