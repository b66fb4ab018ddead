import ContextTransfer
import ForwardingPath
package import IPsec

extension MovesInProgress {
    /// Goes on with what a restarted daemon finds in its journal, oldest note first.
    ///
    /// - Parameter stackSurvived: whether the stack's SAs outlive the daemon, as a kernel's do.
    /// - Returns: SAs that moves brought here and that are gone with the stack.
    package func restore(_ notes: [MoveNote], stackSurvived: Bool) async throws -> [SAIdentifier] {
        let phases = try await stack.phases(of: Array(Set(notes.flatMap(\.identifiers))))
        for note in notes { take(note) }
        restoreGroups(notes)
        if stackSurvived { try await removeLeftovers(notes, phases) }
        // What is on its way from here may be gone because it came there: its holder finds out.
        let moving = moving
        let gone = Set(installedBy.keys.filter { phases[$0] == nil && moving[$0] == nil })
        // What was prepared may never have come: there the holder knows what is lost.
        let prepared = notes.filter { $0.record == .installing }.reduce(into: Set()) { $0.formUnion($1.identifiers) }
        if stackSurvived { try await forward(notes, phases) }
        for note in notes where !note.isOver {
            try await revive(note, phases, stackSurvived: stackSurvived)
            give(.deadline(0), to: note.key)
        }
        try await forgetArrivals(of: gone)
        return gone.subtracting(prepared).sorted { $0.spi.value < $1.spi.value }
    }

    /// Packets go on following SAs that went from here, or did not come: the stack kept the SAs, and not where packets for others
    /// go.
    private func forward(_ notes: [MoveNote], _ phases: [SAIdentifier: SAPhase]) async throws {
        // By the last that was noted of each: what came back since, or ended, goes nowhere.
        var places: [SAIdentifier: NodeName] = [:]
        for note in notes {
            let place: NodeName?
            switch (note.key.role, note.record) {
            case (.holder, .mayBeSent), (.holder, .closed(.released)): place = note.move.route.taker
            // This gateway may have their addresses all the same, for others' SAs.
            case (.taker, .cancelled): place = note.move.route.holder
            case (.holder, _), (.taker, _): place = nil
            default: continue
            }
            for identifier in note.identifiers { places[identifier] = place }
        }
        let gone = places.keys.filter { phases[$0] == nil || phases[$0] == .quiesced }
        for (place, identifiers) in Dictionary(grouping: gone, by: { places[$0] }) {
            guard let target = place.flatMap(environment.forwardingTarget) else { continue }
            try await stack.forward(identifiers, to: target)
        }
    }

    /// What an install that failed left out of service, and a process that was killed could not remove.
    private func removeLeftovers(_ notes: [MoveNote], _ phases: [SAIdentifier: SAPhase]) async throws {
        for note in notes where note.key.role == .taker && note.record == .lost {
            let left = note.identifiers.filter {
                phases[$0] == .quiesced && installedBy[$0] == nil && !isLeaving([$0])
            }
            if !left.isEmpty { try await stack.destroy(left) }
        }
    }

    /// What a note says of where SAs are.
    private func take(_ note: MoveNote) {
        switch (note.key.role, note.record) {
        case (.taker, .installed), (.taker, .installing):
            for identifier in note.identifiers { installedBy[identifier] = note.key.id }
            arriving.insert(note.key.id)
        case (.taker, .released):
            for identifier in note.identifiers { installedBy[identifier] = note.key.id }
        case (.holder, .closed(.released)), (.holder, .closed(.ended)):
            for identifier in note.identifiers { installedBy[identifier] = nil }
        case (.holder, .mayBeSent), (.holder, .ending): leaving[note.key.id] = Set(note.identifiers)
        default: break
        }
    }

    /// Makes the party anew that wrote the note.
    func revive(_ note: MoveNote, _ phases: [SAIdentifier: SAPhase]? = nil, stackSurvived: Bool) async throws {
        var present = phases ?? [:]
        if phases == nil, !note.isOver { present = try await stack.phases(of: note.identifiers) }
        let alive = note.identifiers.filter { identifier in
            (present[identifier] == .inForce || present[identifier] == .dying)
                && (note.key.role == .holder || installedBy[identifier] == note.key.id)
        }
        // Of what was noted as installed one is enough to know. Not all of an install that failed may be there: then it is lost,
        // like what this move brought and then ended, by a hard lifetime or because others could not be brought.
        let inForce = note.record == .installing ? alive.count == note.identifiers.count : !alive.isEmpty
        let brought = note.identifiers.filter { present[$0] != nil && installedBy[$0] == note.key.id }
        let stackSurvived = stackSurvived && (inForce || brought.isEmpty) && !note.endsByUse
        var note = note
        if note.key.role == .holder, inForce, !note.isOver {
            // It ended while it took them out of service one by one: nothing can have been sent, and all are put back.
            let taken = note.identifiers.filter { present[$0] == .quiesced }
            if !taken.isEmpty { try await stack.resume(taken) }
            // A few were nowhere at that moment.
            let gone = note.identifiers.filter { present[$0] == nil }
            if !gone.isEmpty { tell(.missing(gone), note.key, note.move) }
        }
        if inForce { note = try await completed(note) }
        guard
            let machine = MoveMachine(
                restoring: note, inForce: inForce, stackSurvived: stackSurvived,
                grouped: note.group.map { groups[$0] != nil } ?? false,
                isCommitted: note.group.map(committedGroups.contains) ?? false, timing: timing)
        else { return }
        if !note.isOver, let correction = machine.correction, correction != note.record {
            // Written down before it is answered.
            try await environment.record(note.replacing(correction))
            self.note(correction, note.key)
            // What is not removed now is at the next start.
            if correction == .lost { try? await stack.destroy(brought) }
            if case .cancelled = correction {
                try await stack.forget(
                    note.identifiers, returningTo: environment.forwardingTarget(note.move.route.holder))
            }
        }
        open(note.key, note.move, machine, after: note)
    }

    /// The note with the order of its updates, where it was written before that was known.
    private func completed(_ note: MoveNote) async throws -> MoveNote {
        guard note.updates.contains(where: { $0.order == 0 }) else { return note }
        let present = try await stack.associations(note.identifiers)
        return note.replacing(
            note.record,
            updates: note.updates.map { update in
                let status = present[update.identifier.named(update.name)] ?? present[update.identifier]
                return GatewayUpdate(
                    identifier: update.identifier, name: update.name,
                    order: status?.association.state.renamings ?? update.order)
            })
    }

    /// A party's deadline, or the time to bring one back that could not write its note.
    func pass(_ alarm: Alarms.Alarm) async {
        guard !give(.deadline(alarm.number), to: alarm.key) else { return }
        do {
            guard let note = try await environment.recall(alarm.key), !note.isOver else { return }
            try await revive(note, stackSurvived: true)
            give(.deadline(0), to: note.key)
        } catch {
            alarms.add(alarm.key, number: alarm.number, after: timing.holderLimit)
        }
    }

    /// SAs that moves brought here have ended: it is noted, so that no restart misses them.
    func forgetArrivals(of identifiers: Set<SAIdentifier>) async throws {
        var moves: Set<MoveID> = []
        for identifier in identifiers {
            guard let move = installedBy[identifier], !arriving.contains(move) else { continue }
            installedBy[identifier] = nil
            moves.insert(move)
        }
        for move in moves {
            guard let note = try await environment.recall(MovePartyKey(id: move, role: .taker)),
                note.record == .released
            else { continue }
            let left = note.identifiers.filter { installedBy[$0] == move }
            // With its SAs: what was noted of them before is not true any more.
            try await environment.record(
                left.isEmpty ? note.replacing(.lost) : note.replacing(.released, identifiers: left))
        }
    }
}
