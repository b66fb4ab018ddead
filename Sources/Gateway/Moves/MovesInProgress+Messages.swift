package import ContextTransfer

extension MovesInProgress {
    /// Takes a message for a party here, whose sender was authenticated.
    package func deliver(_ envelope: MoveEnvelope) async {
        guard envelope.route[envelope.receiver] == node, await !takeSurvey(envelope) else { return }
        let key = MovePartyKey(id: envelope.id, role: envelope.receiver)
        let move = MoveDescription(envelope)
        if parties[key] == nil {
            do {
                if let note = try await environment.recall(key) {
                    guard note.move == move else { return }
                    try await revive(note, stackSurvived: true)
                    if !note.isOver { give(.deadline(0), to: key) }
                } else if parties[key] == nil {
                    await begin(envelope, key, move)
                }
            } catch {
                // Unknown is asked, never guessed: without its note nothing is answered.
                return tellUnreadable(key, move, error)
            }
        }
        // Who knows a move's name may not change its route.
        guard parties[key]?.move == move else { return }
        switch (key.role, envelope.message) {
        // Where the new router does not reach the mobile node, this one may.
        case (.source, .update): return await send(envelope.message, from: .source, to: .mobile, move)
        case (.source, .updated): return await send(envelope.message, from: .source, to: .target, move)
        case (.mobile, .update) where envelope.sender == .source: detours.insert(move.id)
        case (.mobile, .update): detours.remove(move.id)
        default: break
        }
        if case .query(let offer) = envelope.message, key.role == .target {
            if let group = offer.group { join(group, move) }
            join(drain: offer.drain, move)
        }
        give(.received(envelope.message), to: key)
        if case .request(let request) = envelope.message {
            let isLed = led[move.subject] == move.id
            let accepted = MoveMessage.answer(request.offer.associations.map { _ in .accepted })
            await send(isLed ? accepted : .refused(.unknownMove), from: .source, to: .holder, move)
        }
    }

    /// Whether a message is for a party that is here, or was, of a move with that very route.
    package func knows(_ envelope: MoveEnvelope) async -> Bool {
        let key = MovePartyKey(id: envelope.id, role: envelope.receiver)
        if let party = parties[key] { return party.move == MoveDescription(envelope) }
        return (try? await environment.recall(key))?.move == MoveDescription(envelope)
    }

    /// Sends to another node, or gives to a party here.
    func send(_ message: MoveMessage, from sender: MoveRole, to receiver: MoveRole, _ move: MoveDescription) async {
        let envelope = MoveEnvelope(
            id: move.id, subject: move.subject, route: move.route, sender: sender, receiver: receiver, message: message)
        guard let name = move.route[receiver] else { return }
        if name == node { await deliver(envelope) } else { environment.send(envelope, name) }
    }

    func tellUnreadable(_ key: MovePartyKey, _ move: MoveDescription, _ error: any Error) {
        if unreadable.insert(key).inserted { tell(.failed("\(error)"), key, move) }
    }

    /// Makes the party that a first message makes, or answers for it.
    private func begin(_ envelope: MoveEnvelope, _ key: MovePartyKey, _ move: MoveDescription) async {
        // Names of moves are cheap to make up: nothing is kept of one more, and whoever begins it is told so.
        if parties.count >= partyLimit {
            guard envelope.message.begins else { return }
            return await send(.refused(.busy), from: key.role, to: envelope.sender, move)
        }
        switch (key.role, envelope.message) {
        case (.source, .request(let request)):
            guard lead(move, request, approval: approval.joined(request.approval)) else {
                return await send(.refused(.busy), from: .source, to: .holder, move)
            }
        case (.source, .inquire): await send(.refused(.unknownMove), from: .source, to: .holder, move)
        case (.source, _): break
        case (.holder, .collect(let identifiers)):
            open(key, move, .holder(HolderMove(identifiers: identifiers, timing: timing)))
        case (.holder, let message):
            await send(HolderMove.answer(toUnknown: message), from: .holder, to: .source, move)
        // A late word of the mobile node: nothing is kept for it.
        case (.target, .updated): await send(envelope.message, from: .target, to: .taker, move)
        case (.mobile, .update): open(key, move, .mobile(MobileMove()))
        case (.mobile, _): break
        case (.target, _): open(key, move, .target(TargetMove(timing: timing)))
        // A party would be made for nothing: they change nothing at a taker that knows nothing.
        case (.taker, .release), (.taker, .updated): break
        case (.taker, _): open(key, move, .taker(TakerMove(timing: timing)))
        }
    }
}

extension MoveMessage {
    /// Whether a party that hears it first begins something, and does not only say how it stands.
    fileprivate var begins: Bool {
        switch self {
        case .query, .prepare, .collect, .request: true
        case .transfer, .cancel, .inquire, .destroy, .abandon, .release, .answer, .approved, .prepared, .settled,
            .redirected, .destroyed, .released, .update, .updated, .survey, .surveyed, .seek, .found, .collected,
            .quiesce, .closed,
            .refused:
            false
        }
    }
}
