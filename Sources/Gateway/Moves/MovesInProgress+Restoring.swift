import ContextTransfer
package import IPsec

extension MovesInProgress {
    /// Goes on with what a restarted daemon finds in its journal, oldest note first.
    ///
    /// - Parameter stackSurvived: whether the stack's SAs outlive the daemon, as a kernel's do.
    /// - Returns: SAs that moves brought here and that are gone with the stack.
    package func restore(_ notes: [MoveNote], stackSurvived: Bool) async throws -> [SAIdentifier] {
        let present = Set(try await stack.associations().map(\.association.identifier))
        for note in notes { take(note) }
        let lost = installedBy.keys.filter { !present.contains($0) }
        for identifier in lost { installedBy[identifier] = nil }
        for note in notes where !note.isOver {
            guard let machine = await restored(note, stackSurvived: stackSurvived) else { continue }
            if let correction = machine.correction {
                try await environment.record(
                    MoveNote(
                        key: note.key, move: note.move, record: correction, identifiers: note.identifiers,
                        requestedBy: note.requestedBy))
            }
            let party = open(note.key, note.move, machine, requestedBy: note.requestedBy)
            tell(.about(note.identifiers.map(\.spi.description), requestedBy: note.requestedBy), note.key, note.move)
            party?.yield(.deadline(0))
        }
        return lost.sorted { $0.spi.value < $1.spi.value }
    }

    /// What a note says of where SAs are.
    private func take(_ note: MoveNote) {
        switch (note.key.role, note.record) {
        case (.taker, .installed), (.taker, .installing):
            for identifier in note.identifiers { installedBy[identifier] = note.key.id }
            arriving.insert(note.key.id)
        case (.taker, .released):
            for identifier in note.identifiers { installedBy[identifier] = note.key.id }
        case (.holder, .closed(.released)), (.holder, .closed(.ended)), (.taker, .lost), (.taker, .cancelled):
            for identifier in note.identifiers { installedBy[identifier] = nil }
        case (.holder, .mayBeSent): leaving[note.key.id] = Set(note.identifiers)
        default: break
        }
    }

    func recall(_ key: MovePartyKey) async -> MoveNote? {
        do { return try await environment.recall(key) } catch {
            // Unknown is asked, never guessed: without a journal nothing is answered.
            return nil
        }
    }

    /// The machine of a party that wrote the note.
    func restored(_ note: MoveNote, stackSurvived: Bool) async -> MoveMachine? {
        let statuses = (try? await stack.associations()) ?? []
        let inForce = note.identifiers.allSatisfy { identifier in
            statuses.contains { status in
                status.association.identifier == identifier && (status.phase == .inForce || status.phase == .dying)
                    && (note.key.role == .holder || installedBy[identifier] == note.key.id)
            }
        }
        return MoveMachine(
            restoring: note, inForce: inForce && !note.identifiers.isEmpty, stackSurvived: stackSurvived,
            timing: timing)
    }
}
