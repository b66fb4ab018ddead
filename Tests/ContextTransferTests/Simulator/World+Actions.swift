import ContextTransfer
import ForwardingPath
import IPsec

extension World {
    mutating func feedDeadline(_ name: NodeName, _ key: SimulatedNode.Key) {
        guard let move = moves.first(where: { $0.id == key.id }) else { return }
        switch key.role {
        case .source: feed(.source(.deadlinePassed), move, at: name)
        case .holder: feed(.holder(.deadlinePassed), move, at: name)
        case .target: feed(.target(.deadlinePassed), move, at: name)
        case .mobile: break
        case .taker: feed(.taker(.deadlinePassed), move, at: name)
        }
    }

    /// Gives an input to a machine and carries out what it asks for, then what the stack answers.
    mutating func feed(_ input: Input, _ move: SimulatedMove, at name: NodeName) {
        var inputs = [input]
        while !inputs.isEmpty, nodes[name]?.isAlive == true {
            let (role, actions) = handle(inputs.removeFirst(), move, at: name)
            let standing = role == .source ? nodes[name]?.sources[move.id]?.groupStanding : nil
            for action in actions {
                if faults, now < Self.faultsEnd, random.once(in: 150) {
                    return crash(name, losingStack: random.once(in: 2))
                }
                inputs += perform(action, role, move, at: name)
            }
            if let standing, nodes[name]?.isAlive == true { tellGroup(standing, of: move, at: name) }
        }
    }

    private mutating func handle(_ input: Input, _ move: SimulatedMove, at name: NodeName) -> (MoveRole, [MoveAction]) {
        switch input {
        case .source(let input):
            if sabotage == .abortWithoutAsking, case .abort = input {
                reply(.settled(.cancelled(.aborted(by: "operator"))), from: .source, to: .holder, move)
            }
            let actions = nodes[name]?.sources[move.id]?.handle(input) ?? []
            if move.group == nil, nodes[name]?.sources[move.id]?.waitsForKey == true {
                events.add(.proceed(move.id), at: now + Int.random(in: 1...400, using: &random))
            }
            return (.source, actions)
        case .holder(let input): return (.holder, nodes[name]?.holders[move.id]?.handle(input) ?? [])
        case .target(let input): return (.target, nodes[name]?.targets[move.id]?.handle(input) ?? [])
        case .taker(let input): return (.taker, nodes[name]?.takers[move.id]?.handle(input) ?? [])
        case .mobile(let input): return (.mobile, nodes[name]?.mobiles[move.id]?.handle(input) ?? [])
        }
    }

    /// Carries out one action; gives the stack's answer, if it has one.
    private mutating func perform(
        _ action: MoveAction, _ role: MoveRole, _ move: SimulatedMove, at name: NodeName
    ) -> [Input] {
        let key = SimulatedNode.Key(id: move.id, role: role)
        switch action {
        case .send(let message, let receiver):
            if sabotage == .copyNotDestroyed, message == .destroy { return [.source(.received(.destroyed))] }
            reply(message, from: role, to: receiver, move)
            if sabotage == .updateNotRepeated, role == .taker, case .update = message {
                return [.taker(.received(.updated(nil)))]
            }
        case .record(let record): self.record(record, key, move, at: name)
        case .setDeadline(let duration):
            let generation = (nodes[name]?.deadlines[key] ?? 0) + 1
            nodes[name]?.deadlines[key] = generation
            if let duration {
                events.add(.deadline(name, key, generation: generation), at: now + Int(duration / .milliseconds(1)))
            }
        case .enter: break
        case .askApproval:
            let agrees = !faults || !random.once(in: 8)
            let time = now + Int.random(in: 1...400, using: &random)
            events.add(.approve(name, move.id, role, agrees: agrees), at: time)
        case .read(let identifiers): return [.holder(read(identifiers, move, at: name))]
        case .quiesce(let identifiers):
            noteQuiesce(of: move)
            return [.holder(quiesce(identifiers, at: name))]
        case .resume(let identifiers):
            guard identifiers.allSatisfy({ nodes[name]?.stack[$0] != nil }) else {
                return [.holder(.failed(.restarted(.holder)))]
            }
            for identifier in identifiers { nodes[name]?.stack[identifier]?.inForce = true }
            return [.holder(.resumed)]
        case .check(let offers, _, _): return [.taker(.checked(offers.map { verdict($0, at: name) }))]
        case .hold, .forget: break
        case .install(let contexts, let dynamics, _):
            return [.taker(install(contexts, dynamics, move, at: name))]
        case .remove(let identifiers, let forwarding):
            if sabotage == .holderKeepsCopy, forwarding { return [.holder(.removed)] }
            for identifier in identifiers {
                guard owns(identifier, role, move, at: name) else { continue }
                if role == .holder, sabotage == .holderResumesOnTimeout, !forwarding {
                    nodes[name]?.stack[identifier]?.inForce = true
                } else {
                    nodes[name]?.stack[identifier] = nil
                    nodes[name]?.owned.remove(SimulatedAssociations.first(of: identifier))
                }
            }
            return [role == .holder ? .holder(.removed) : .taker(.removed)]
        case .redirect: return [.taker(.redirected)]
        case .update(let updates):
            return [.mobile(flows[move.laneIndex].mobileNode.update(updates, sabotage))]
        case .retireOldNames(let identifiers):
            for identifier in identifiers { nodes[name]?.stack[identifier]?.oldName = nil }
        case .renegotiate(let identifiers, let reason):
            note("renegotiate: \(reason)")
            if sabotage != .holderResumesOnTimeout { told.formUnion(identifiers.map(SimulatedAssociations.first)) }
        case .finish: finish(move, role, at: name)
        }
        return []
    }

    private mutating func record(
        _ record: MoveRecord, _ key: SimulatedNode.Key, _ move: SimulatedMove, at name: NodeName
    ) {
        note("\(name) records \(record)")
        switch (sabotage, record) {
        case (.mayBeSentNotDurable, .mayBeSent), (.installingNotDurable, .installing),
            (.installingNotDurable, .installed), (.cancelledNotDurable, .cancelled):
            if case .cancelled = record { nodes[name]?.journal[key] = nil }
            // What was not written down is missed only after a crash.
            if random.once(in: 3) { events.add(.crash(name, losingStack: false), at: now + 1) }
            return
        default:
            let updates = key.role == .taker ? nodes[name]?.takers[key.id]?.updates ?? [] : []
            let earlier = nodes[name]?.journal[key]?.updates ?? []
            nodes[name]?.journal[key] = .init(record: record, move: move, updates: updates.isEmpty ? earlier : updates)
        }
        if record == .installed { nodes[name]?.owned.formUnion(move.lane.identifiers) }
        if record == .lost {
            nodes[name]?.owned.subtract(move.lane.identifiers)
        }
    }

    /// A gateway gives an SA away only when the move that brought it is over.
    private func read(_ identifiers: [SAIdentifier], _ move: SimulatedMove, at name: NodeName) -> HolderMove.Input {
        guard let node = nodes[name], identifiers.allSatisfy({ node.stack[$0]?.inForce == true }) else {
            return .failed(.noAssociation)
        }
        let arriving = node.journal.values.contains { $0.record == .installed && $0.move.laneIndex == move.laneIndex }
        return arriving ? .failed(.busy) : .read(contexts(move.laneIndex, at: name))
    }

    /// A gateway that does not know yet what became of an SA that it gave away takes no other under that name.
    private mutating func verdict(_ offer: AssociationOffer, at name: NodeName) -> Verdict {
        let place = SimulatedAssociations.index(of: offer.identifier)
        let undecided =
            nodes[name]?.holders.values.contains { holder in
                holder.isUndecided && holder.identifiers.contains { place == SimulatedAssociations.index(of: $0) }
            } ?? false
        if undecided { return .refused(.busy) }
        guard nodes[name]?.stack[offer.identifier] == nil else { return .refused(.spiInUse) }
        let old = offer.identifier.spi
        let isReassigned = reassigns && place.isMultiple(of: 2)
        let free = isReassigned ? UInt32.random(in: 0x1_0000 ... .max, using: &random) & ~0xf | old.value & 0xf : nil
        guard identity == .direct || isReassigned else { return .accepted }
        let own = IPAddress(v4: 127, 10, 1, name == "SG1" || name == "PR" ? 1 : 2)
        return .renamed(
            GatewayName(
                spi: free.flatMap(SPI.init) ?? old, address: identity == .direct ? own : offer.identifier.destination))
    }

    /// The SAs of a gateway as it calls them.
    func contexts(_ lane: Int, at name: NodeName) -> MoveContexts {
        let lane = SimulatedAssociations.lanes[lane]
        return lane.contexts(named: zip(lane.identifiers, lane.names).map { nodes[name]?.stack[$0]?.name ?? $1 })
    }

    /// Whether the copy in the stack is the one that this move is about: a later move may have brought another.
    private func owns(_ identifier: SAIdentifier, _ role: MoveRole, _ move: SimulatedMove, at name: NodeName) -> Bool {
        let entry = nodes[name]?.stack[identifier]
        return role == .holder ? entry?.inForce != true : entry?.installedBy == move.id
    }

    private mutating func quiesce(_ identifiers: [SAIdentifier], at name: NodeName) -> HolderMove.Input {
        guard identifiers.allSatisfy({ nodes[name]?.stack[$0]?.inForce == true }) else {
            return .failed(.noAssociation)
        }
        let states = identifiers.compactMap { identifier -> DynamicAttributes? in
            guard let entry = nodes[name]?.stack[identifier] else { return nil }
            if sabotage != .readWithoutStopping { nodes[name]?.stack[identifier]?.inForce = false }
            var state = DynamicAttributes()
            state.lastSent = SequenceNumber(entry.lastSent)
            state.window = entry.window
            state.renamings = entry.renamings
            return state
        }
        return .quiesced(states)
    }

    private mutating func install(
        _ contexts: MoveContexts, _ dynamics: [DynamicAttributes], _ move: SimulatedMove, at name: NodeName
    ) -> TakerMove.Input {
        guard contexts.identifiers.allSatisfy({ nodes[name]?.stack[$0] == nil }) else { return .failed(.spiInUse) }
        if faults, now < Self.faultsEnd, random.once(in: 20) {
            return sabotage == .installedSaidTooEarly ? .installed : .failed(Self.noMemory)
        }
        for (index, (context, dynamic)) in zip(contexts.associations, dynamics).enumerated() {
            let before = context.association.gatewayName
            let after = contexts.taken(index).association.gatewayName
            var entry = SimulatedStack.Entry(installedBy: move.id, name: after, renamings: dynamic.renamings)
            if after != before {
                entry.renamings += 1
                (entry.oldName, entry.oldWindow) = (before, dynamic.window)
            }
            entry.lastSent = sabotage == .sequenceNumberNotMoved ? 0 : dynamic.lastSent.value
            entry.window = sabotage == .windowNotMoved ? context.association.state.window : dynamic.window
            nodes[name]?.stack[context.association.identifier] = entry
        }
        return .installed
    }

    /// Drops a machine that is done: whoever asks later is answered from the journal.
    private mutating func finish(_ move: SimulatedMove, _ role: MoveRole, at name: NodeName) {
        switch role {
        case .source:
            if case .finished(let outcome) = nodes[name]?.sources[move.id]?.state {
                note("finished: \(outcome)")
                outcomes[move.id] = outcome
                if outcome == .completed { events.add(.startMove, at: now + 5) }
            }
            nodes[name]?.sources[move.id] = nil
        case .holder: nodes[name]?.holders[move.id] = nil
        case .target: nodes[name]?.targets[move.id] = nil
        case .taker: nodes[name]?.takers[move.id] = nil
        case .mobile: nodes[name]?.mobiles[move.id] = nil
        }
        nodes[name]?.deadlines[.init(id: move.id, role: role)] = nil
    }
}
