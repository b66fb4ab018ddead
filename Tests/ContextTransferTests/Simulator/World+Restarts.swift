import ContextTransfer
import ForwardingPath
import IPsec

extension World {
    /// Kills a daemon. SAs that daemons negotiate are theirs, and end with them; a kernel's may stay.
    mutating func crash(_ node: SimulatedNode, losingStack: Bool) {
        guard node.isAlive, now < Self.faultsEnd else { return }
        let isMobile = !gateways.contains { $0 === node }
        let losesStack = setting.negotiates || losingStack && !isMobile
        note("CRASH \(node.name)\(losesStack ? " with its stack" : "")")
        let lanes = node.stack.all.map(\.place.lane) + node.exchanges.flatMap { $0.places.map(\.lane) }
        forgotten.formUnion(lanes)
        if losesStack {
            for association in node.stack.all where association.hasKey {
                if isMobile {
                    bereft.insert(association.place.lane)
                } else if association.place.generation > 0, association.installedBy == nil {
                    // What a daemon negotiated it does not know any more: a known limit.
                    owed.remove(association.place)
                    node.owned.remove(association.place)
                }
            }
        }
        node.crash(losingStack: losesStack)
        isChanged = true
        events.add(.restart(node), at: now + Int.random(in: 5...8_000, using: &random))
    }

    /// What a daemon does when it starts: it finds its moves in the journal and its SAs in the stack.
    mutating func restart(_ node: SimulatedNode) {
        note("RESTART \(node.name)")
        node.isAlive = true
        reportLosses(node)
        let entries = node.journal.sorted {
            ($0.key.id, $0.key.role.rawValue) < ($1.key.id, $1.key.role.rawValue)
        }
        for (key, entry) in entries where key.role == .holder {
            if entry.record == .mayBeSent || entry.record == .ending { node.leaving[key.id] = Set(entry.move.places) }
        }
        for (key, entry) in entries where node.isAlive {
            switch key.role {
            case .source:
                if let group = entry.move.group, node.groups[group] == nil { restoreGroup(group, at: node) }
                node.sources[key.id] = restoredSource(node, entry)
                feed(.source(.deadlinePassed), entry.move, at: node)
            case .holder:
                let holder = restoredHolder(node, entry)
                node.holders[key.id] = holder
                if let correction = holder.correction {
                    node.journal[key]?.record = correction
                    node.leaving[key.id] = nil
                }
                if sabotage == .holderResumesAfterRestart { resumeAll(node) }
                feed(.holder(.deadlinePassed), entry.move, at: node)
            case .target, .mobile: break
            case .taker:
                guard let taker = restoredTaker(node, entry.move) else { continue }
                node.takers[key.id] = taker
                guard let correction = taker.correction, entry.record != .released else { continue }
                node.journal[key]?.record = correction
                // It came into force just before the crash.
                if correction == .installed { node.owned.formUnion(entry.move.places) }
                if correction == .lost {
                    for place in entry.move.places where node.stack[place]?.installedBy == key.id {
                        remove(place, at: node)
                    }
                }
            }
        }
        node.stackWasLost = false
        if node.isDrainNoted { events.add(.startDrain, at: now + 50) }
    }

    func restoredHolder(_ node: SimulatedNode, _ entry: SimulatedNode.Entry) -> HolderMove {
        let move = entry.move
        return HolderMove(
            restoring: entry.record, identifiers: move.offer.associations.map(\.identifier),
            inForce: move.places.contains { node.stack[$0]?.isInForce == true })
    }

    func restoredTaker(_ node: SimulatedNode, _ move: SimulatedMove) -> TakerMove? {
        guard let entry = node.journal[.init(id: move.id, role: .taker)] else { return nil }
        let present = move.places.compactMap { node.stack[$0] }.filter { $0.installedBy == move.id }
        // Once all were there one is enough to know. What was released had come, wherever it is now.
        let alive = present.count(where: \.isInForce)
        let inForce = entry.record == .installing ? alive == move.places.count : alive > 0 || entry.record == .released
        let hasEnded = !inForce && !present.isEmpty
        let updates = entry.updates.map {
            let order =
                $0.order == 0
                ? node.stack[SimulatedAssociations.place(of: $0.identifier)]?.renamings ?? 0 : $0.order
            return GatewayUpdate(identifier: $0.identifier, name: $0.name, order: order)
        }
        return TakerMove(
            restoring: entry.record, identifiers: present.map(\.association.identifier), inForce: inForce,
            stackSurvived: !node.stackWasLost && !hasEnded, updates: updates)
    }

    /// Tells the operator of SAs that the journal knows and the stack has not, unless a move will tell what became of them.
    private mutating func reportLosses(_ node: SimulatedNode) {
        guard sabotage != .lossNotReported else { return }
        let undecided = node.journal.filter { $0.key.role == .holder && $0.value.record == .mayBeSent }
        let waiting = undecided.values.flatMap(\.move.places)
        for place in node.owned.sorted() where node.stack[place] == nil && !waiting.contains(place) {
            told.insert(place)
            node.owned.remove(place)
        }
    }

    private mutating func resumeAll(_ node: SimulatedNode) {
        for association in node.stack.all { association.phase = .inForce }
        isChanged = true
    }
}
