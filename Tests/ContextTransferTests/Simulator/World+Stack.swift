import ContextTransfer
import ForwardingPath
import IPsec

/// What a gateway's stack, and its owner, answer to what a move asks of them.
extension World {
    mutating func askStack(
        _ action: MoveAction, _ role: MoveRole, _ move: SimulatedMove, pause: Duration, at node: SimulatedNode
    ) -> [Input] {
        switch action {
        case .read: return [.holder(read(move, at: node))]
        case .quiesce:
            noteQuiesce(of: move)
            return [.holder(quiesce(move, at: node))]
        case .resume: return [.holder(resume(move, at: node))]
        case .check(let offers, _, _): return [.taker(.checked(offers.map { verdict($0, move, at: node) }))]
        case .examine(let contexts):
            return [.taker(.checked(contexts.associations.map { verdict($0.offer, move, at: node) }))]
        case .hold:
            if faults, now < Self.faultsEnd, shortages.once(in: 60) { return [.taker(.failed(Self.noMemory))] }
            for place in move.places { node.holding[place] = move.id }
            return [.taker(.held)]
        case .forget:
            if sabotage != .heldNotForgotten { forget(move, at: node) }
        case .install(let contexts, let dynamics, let elapsed):
            return [.taker(install(contexts, dynamics, elapsed: elapsed + pause, move, at: node))]
        case .remove(_, let forwarding):
            if sabotage == .holderKeepsCopy, forwarding { return [.holder(.removed)] }
            for place in move.places where owns(place, role, move, at: node) {
                if role == .holder, sabotage == .holderResumesOnTimeout, !forwarding {
                    node.stack[place]?.phase = .inForce
                } else {
                    remove(place, at: node)
                    node.owned.remove(place)
                }
            }
            isChanged = true
            return [role == .holder ? .holder(.removed) : .taker(.removed)]
        case .redirect: return [.taker(.redirected)]
        case .update(let updates): return [.mobile(update(updates, at: node))]
        case .retireOldNames: for place in move.places { node.stack[place]?.oldName = nil }
        case .send, .record, .setDeadline, .enter, .askApproval, .renegotiate, .finish: break
        }
        return []
    }

    private func forget(_ move: SimulatedMove, at node: SimulatedNode) {
        for place in move.places where node.holding[place] == move.id { node.holding[place] = nil }
    }

    /// A gateway gives an SA away only when the move that brought it is over.
    private func read(_ move: SimulatedMove, at node: SimulatedNode) -> HolderMove.Input {
        let present = move.places.compactMap { node.stack[$0] }
        guard present.count == move.places.count, present.allSatisfy(\.isInForce) else {
            return .failed(.noAssociation)
        }
        let arriving = node.journal.values.contains { $0.record == .installed && $0.move.places == move.places }
        guard !arriving else { return .failed(.busy) }
        return .read(
            MoveContexts(associations: present.map { AssociationContext(association: $0.association, policies: []) }))
    }

    /// What stands against an SA here. A gateway that does not know yet what became of an SA that it gave away takes no
    /// other under that name.
    private mutating func verdict(
        _ offer: AssociationOffer, _ move: SimulatedMove, at node: SimulatedNode
    ) -> Verdict {
        let place = SimulatedAssociations.place(of: offer.identifier)
        guard !node.isLeaving([place]) else { return .refused(.busy) }
        let isHeld = node.holding[place].map { $0 != move.id } ?? false
        let isInUse = move.isInUse && !place.goesToMobile && sabotage != .usedNameTaken
        let isReassigned = isInUse && setting.conflict == .reassign
        let capabilities = capabilities(of: node)
        let present: Set<SAIdentifier> =
            node.stack[place] != nil || isHeld || isInUse && !isReassigned ? [offer.identifier] : []
        let verdict = offer.verdict(capabilities, present: present)
        guard verdict == .accepted, setting.identity == .direct || isReassigned else { return verdict }
        let own = IPAddress(v4: 127, 10, 1, node.name == "SG1" || node.name == "PR" ? 1 : 2)
        let free = SimulatedAssociations.spi(lane: place.lane, generation: place.generation, &random)
        return .renamed(
            GatewayName(
                spi: isReassigned ? free : offer.identifier.spi,
                address: setting.identity == .direct ? own : offer.identifier.destination))
    }

    /// Whether the copy in the stack is the one that this move is about: a later move may have brought another.
    private func owns(_ place: SAPlace, _ role: MoveRole, _ move: SimulatedMove, at node: SimulatedNode) -> Bool {
        let entry = node.stack[place]
        return role == .holder ? entry?.isInForce != true : entry?.installedBy == move.id
    }

    private mutating func quiesce(_ move: SimulatedMove, at node: SimulatedNode) -> HolderMove.Input {
        guard node.leaving[move.id] != nil else {
            return .failed(node.isNegotiated(move.places) ? .associationChanged : .busy)
        }
        let present = move.places.compactMap { node.stack[$0] }
        guard present.count == move.places.count, present.allSatisfy(\.isInForce) else {
            return .failed(.noAssociation)
        }
        node.pauses[.init(id: move.id, role: .holder)] = now
        isChanged = true
        return .quiesced(
            present.map { association in
                if sabotage != .readWithoutStopping { association.phase = .quiesced }
                flows[association.flow].age = now - association.established
                return association.state(at: now)
            })
    }

    private mutating func resume(_ move: SimulatedMove, at node: SimulatedNode) -> HolderMove.Input {
        let present = move.places.compactMap { node.stack[$0] }
        guard present.count == move.places.count, present.allSatisfy({ $0.phase == .quiesced }) else {
            return .failed(.restarted(.holder))
        }
        isChanged = true
        for association in present {
            association.phase = .inForce
            // One whose lifetime ran out meanwhile ends.
            age(association, at: node)
        }
        return .resumed
    }

    private mutating func install(
        _ contexts: MoveContexts, _ dynamics: [DynamicAttributes], elapsed: Duration, _ move: SimulatedMove,
        at node: SimulatedNode
    ) -> TakerMove.Input {
        guard move.places.allSatisfy({ node.stack[$0] == nil }) else { return .failed(.spiInUse) }
        if faults, now < Self.faultsEnd, random.once(in: 20) {
            return sabotage == .installedSaidTooEarly ? .installed : .failed(Self.noMemory)
        }
        let arrivals = zip(contexts.associations, dynamics).enumerated().map { index, pair in
            let (context, dynamic) = pair
            let before = context.association
            let use = sabotage == .ageNotMoved ? .zero : dynamic.use.age + elapsed
            let entry = SimulatedSA(
                contexts.taken(index).association, flow: flow(of: before.attributes.keys),
                established: now - Int((use / .milliseconds(1)).rounded()))
            (entry.installedBy, entry.renamings) = (move.id, dynamic.renamings)
            if index < contexts.names.count, contexts.names[index] != nil {
                entry.renamings += 1
                entry.oldName = before.gatewayName
                entry.oldWindow = dynamic.window
            }
            entry.lastSent = sabotage == .sequenceNumberNotMoved ? 0 : dynamic.lastSent.value
            entry.window = sabotage == .windowNotMoved ? before.state.window : dynamic.window
            return entry
        }
        let areExpired = arrivals.contains {
            $0.association.attributes.hardLifetime.isReached(by: $0.state(at: now).use)
        }
        if areExpired, sabotage != .expiredInstalled { return .failed(.expired) }
        if faults, now < Self.faultsEnd, random.once(in: 40) { return spent(arrivals, of: move, at: node) }
        for arrival in arrivals { look(at: arrival, of: move) }
        forget(move, at: node)
        for arrival in arrivals { add(arrival, at: node) }
        return .installed
    }

    /// A stack that takes SAs, and fails after they have sent a packet.
    private mutating func spent(
        _ arrivals: [SimulatedSA], of move: SimulatedMove, at node: SimulatedNode
    ) -> TakerMove.Input {
        forget(move, at: node)
        for arrival in arrivals {
            if arrival.place.goesToMobile { _ = flows[arrival.flow].sent.insert(arrival.lastSent + 1) }
            // It is known until that is written down.
            arrival.phase = .ended
            node.stack.add(arrival)
        }
        isChanged = true
        return sabotage == .spentSaidCancelled ? .failed(Self.noMemory) : .ended
    }

    /// Renames the gateway's end of SAs of a mobile node, of all or of none.
    private mutating func update(_ updates: [GatewayUpdate], at node: SimulatedNode) -> MobileMove.Input {
        let present = updates.compactMap { node.stack[SimulatedAssociations.place(of: $0.identifier)] }
        guard present.count == updates.count, present.allSatisfy(\.isInForce) else { return .failed(.noAssociation) }
        for (association, update) in zip(present, updates) {
            let isDone = association.renamings == update.order && association.name == update.name
            if !isDone, association.renamings &+ 1 != update.order, sabotage != .oldUpdateTaken {
                return .failed(.outdated)
            }
        }
        for (association, update) in zip(present, updates) {
            if association.renamings != update.order || association.name != update.name {
                association.rename(update.name)
            }
            association.renamings = update.order
            if sabotage == .mobileNodeCountsAnew { association.lastSent = 0 }
        }
        return .updated
    }
}
