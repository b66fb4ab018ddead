package import IPsec

/// The taker's side of one move: the gateway where the SAs go. Does no I/O and reads no clock.
///
/// Whatever it says of the outcome it has written down before, and it never takes it back.
package struct TakerMove: Equatable, Sendable {
    package private(set) var state: State
    private let timing: MoveTiming

    package init(timing: MoveTiming = MoveTiming()) {
        self.timing = timing
        state = .idle
    }

    /// The machine of a move that a restarted taker finds in its journal.
    ///
    /// - Parameter inForce: whether the stack has the SAs that this move installed.
    /// - Parameter stackSurvived: whether the stack's SAs outlive the daemon, so that their absence proves that they
    ///   were never installed.
    /// - Parameter updates: what the far end has to be told; it may have been.
    package init(
        restoring record: MoveRecord, identifiers: [SAIdentifier], inForce: Bool, stackSurvived: Bool,
        updates: [GatewayUpdate] = [], timing: MoveTiming = MoveTiming()
    ) {
        self.init(timing: timing)
        state =
            switch record {
            case .cancelled(let reason): .cancelled(reason)
            case .lost: .lost
            case .installing where !inForce && stackSurvived: .cancelled(.restarted(.taker))
            case .installing, .installed, .released, .started, .switching, .sealed, .mayBeSent, .ending, .finished,
                .closed:
                !inForce
                    ? .lost
                    : updates.isEmpty || record == .released
                        ? .installed(identifiers, redirected: false)
                        : .updating(identifiers, updates, isTold: false)
            }
    }

    package enum State: Equatable, Sendable {
        case idle
        case checking(MoveContexts)
        /// The record that they may come into force is durable; the stack is asked to hold what comes for them.
        case holding(MoveContexts)
        /// Held, not in force.
        case prepared(MoveContexts)
        case installing([SAIdentifier], redirectsWhenAsked: Bool, updates: [GatewayUpdate])
        /// In force; the far end has to be told of their new names, and is, or will be when it is asked for.
        case updating([SAIdentifier], [GatewayUpdate], isTold: Bool)
        case installed([SAIdentifier], redirected: Bool)
        case cancelled(MoveReason)
        case destroying
        case lost
        /// Was asked about, and nobody came back to it: nothing was promised, and nothing is written down.
        case forgotten
    }

    package enum Input: Equatable, Sendable {
        case received(MoveMessage)
        /// The stack's word on the SAs that were offered, by SA index.
        case checked([Verdict])
        case held
        case installed
        case redirected
        case removed
        case failed(MoveReason)
        /// They were in force for a moment, or may have been, and are out of service now: their numbers may be used.
        case ended
        case deadlinePassed
    }

    /// What a restarted taker must write down before it answers; `nil` when its record stands.
    package var correction: MoveRecord? {
        switch state {
        case .cancelled(let reason): .cancelled(reason)
        case .lost: .lost
        case .installed, .updating: .installed
        case .idle, .checking, .holding, .prepared, .installing, .destroying, .forgotten: nil
        }
    }

    /// What the far end of the SAs has to be told; with the order 0 as long as their numbers are not here.
    package var updates: [GatewayUpdate] {
        switch state {
        case .holding(let contexts), .prepared(let contexts):
            contexts.updates(contexts.associations.map(\.association.state)).map {
                GatewayUpdate(identifier: $0.identifier, name: $0.name, order: 0)
            }
        case .installing(_, _, let updates), .updating(_, let updates, _): updates
        case .idle, .checking, .installed, .cancelled, .destroying, .lost, .forgotten: []
        }
    }

    package mutating func handle(_ input: Input) -> [MoveAction] {
        let actions: [MoveAction]
        (state, actions) = transition(state, input)
        return actions
    }

    /// The whole protocol on one screen.
    private func transition(_ state: State, _ input: Input) -> (State, [MoveAction]) {
        switch (state, input) {
        case (.idle, .received(.query(let offer))):
            (
                .idle,
                [
                    .check(offer.associations, offer.identity, offer.spiConflict),
                    .setDeadline(timing.preparedLimit),
                ]
            )
        case (.idle, .deadlinePassed):
            (.forgotten, [.finish])
        case (.idle, .checked(let verdicts)):
            (.idle, [.send(.answer(verdicts), to: .target)])
        case (.idle, .received(.prepare(let contexts))):
            (
                .checking(contexts),
                [
                    .setDeadline(nil),
                    .examine(contexts),
                ]
            )
        case (.checking(let contexts), .checked(let verdicts)):
            afterCheck(contexts, verdicts)
        case (.holding(let contexts), let input):
            whileHolding(contexts, input)
        case (.prepared(let contexts), .received(.prepare)):
            (state, [.send(.prepared(contexts.acceptance), to: .target)])

        case (.prepared(let contexts), .received(.transfer(let dynamics, let elapsed)))
        where dynamics.count == contexts.associations.count:
            (
                .installing(
                    contexts.takenIdentifiers, redirectsWhenAsked: contexts.redirectsWhenAsked,
                    updates: contexts.updates(dynamics)),
                [.setDeadline(nil), .enter(.install), .install(contexts, dynamics, elapsed: elapsed)]
            )
        case (.installing(let identifiers, let waits, let updates), .installed) where !updates.isEmpty:
            (
                .updating(identifiers, updates, isTold: !waits),
                [.record(.installed), .send(.settled(.installed), to: .target)] + (waits ? [] : tell(updates))
            )
        case (.updating(_, let updates, isTold: true), .deadlinePassed):
            (state, tell(updates))
        case (.updating(let identifiers, let updates, _), .received(.inquire)),
            (.updating(let identifiers, let updates, _), .received(.cancel)),
            (.updating(let identifiers, let updates, _), .received(.transfer)):
            (
                .updating(identifiers, updates, isTold: true),
                [.send(.settled(.installed), to: .target)] + tell(updates)
            )
        case (.updating(let identifiers, _, _), .received(.updated(nil))):
            (
                .installed(identifiers, redirected: false),
                [.setDeadline(nil), .retireOldNames(identifiers), .redirect(identifiers)]
            )
        case (.updating(let identifiers, _, _), .received(.updated(let reason?))):
            // The far end does not have them any more: nobody will ever use them.
            (
                .destroying,
                [.setDeadline(nil), .renegotiate(identifiers, reason), .remove(identifiers, forwarding: false)]
            )
        case (.installing(let identifiers, let redirectsWhenAsked, _), .installed):
            (
                .installed(identifiers, redirected: false),
                [.record(.installed), .send(.settled(.installed), to: .target)]
                    + (redirectsWhenAsked ? [] : [.redirect(identifiers)])
            )
        case (.installing(let identifiers, _, _), .failed(let reason)):
            cancel(reason, forgetting: identifiers)
        case (.installing(let identifiers, _, _), .ended):
            (
                .lost,
                // What is left of them tells a restarted taker, until it is written down.
                [.record(.lost), .remove(identifiers, forwarding: false), .send(.settled(.lost), to: .target), .finish]
            )
        case (.installed(let identifiers, _), .redirected):
            (.installed(identifiers, redirected: true), [.send(.redirected, to: .target)])

        case (.idle, .received(.cancel(let reason))):
            cancel(reason, forgetting: [])
        case (.idle, .received(.inquire)), (.idle, .received(.transfer)):
            cancel(.unknownMove, forgetting: [])
        case (.checking, .received(.cancel(let reason))):
            cancel(reason, forgetting: [])
        case (.checking, .received(.inquire)), (.checking, .received(.transfer)):
            cancel(.unknownMove, forgetting: [])
        case (.prepared(let contexts), .received(.cancel(let reason))):
            cancel(reason, forgetting: contexts.takenIdentifiers)
        case (.prepared(let contexts), .received(.inquire)):
            cancel(.timeout(.taker), forgetting: contexts.takenIdentifiers)
        case (.prepared(let contexts), .deadlinePassed):
            cancel(.timeout(.source), forgetting: contexts.takenIdentifiers)

        case (.installed(let identifiers, let redirected), .received(.inquire)),
            (.installed(let identifiers, let redirected), .received(.cancel)),
            (.installed(let identifiers, let redirected), .received(.transfer)):
            // A leader that steps asks for it so. After a restart nobody knows whether traffic was turned: turning it
            // again does no harm.
            (
                state,
                [
                    .send(.settled(.installed), to: .target),
                    redirected ? .send(.redirected, to: .target) : .redirect(identifiers),
                ]
            )
        case (.installed, .received(.release)):
            (state, [.record(.released), .send(.released, to: .target), .finish])
        case (.updating(let identifiers, _, _), .received(.release)):
            // It was acknowledged before a restart.
            (
                .installed(identifiers, redirected: true),
                [
                    .setDeadline(nil), .record(.released), .retireOldNames(identifiers),
                    .send(.released, to: .target), .finish,
                ]
            )
        case (.installed(let identifiers, _), .received(.destroy)):
            (.destroying, [.remove(identifiers, forwarding: false)])
        case (.updating(let identifiers, _, _), .received(.destroy)):
            (.destroying, [.setDeadline(nil), .remove(identifiers, forwarding: false)])
        case (.installed(let identifiers, _), .received(.abandon(let reason))):
            // The holder's copy is gone, and asks for nothing.
            (.destroying, [.renegotiate(identifiers, reason), .remove(identifiers, forwarding: false)])
        case (.updating(let identifiers, _, _), .received(.abandon(let reason))):
            (
                .destroying,
                [.setDeadline(nil), .renegotiate(identifiers, reason), .remove(identifiers, forwarding: false)]
            )
        case (.destroying, .removed), (.destroying, .failed):
            (.lost, [.record(.lost), .send(.destroyed, to: .target), .finish])

        case (.idle, .received(.destroy)), (.checking, .received(.destroy)),
            (.idle, .received(.abandon)), (.checking, .received(.abandon)):
            cancel(.unknownMove, forgetting: [], answer: .destroyed)
        case (.prepared(let contexts), .received(.destroy)), (.prepared(let contexts), .received(.abandon)):
            cancel(.unknownMove, forgetting: contexts.takenIdentifiers, answer: .destroyed)
        case (.cancelled, .received(.destroy)), (.lost, .received(.destroy)),
            (.cancelled, .received(.abandon)), (.lost, .received(.abandon)):
            (state, [.send(.destroyed, to: .target)])
        case (.cancelled(let reason), .received):
            (state, [.send(.settled(.cancelled(reason)), to: .target)])
        case (.lost, .received(.release)):
            (state, [.send(.released, to: .target)])
        case (.lost, .received):
            (state, [.send(.settled(.lost), to: .target)])

        case (.idle, _), (.checking, _), (.prepared, _), (.installing, _), (.updating, _), (.installed, _),
            (.cancelled, _), (.destroying, _), (.lost, _), (.forgotten, _):
            (state, [])
        }
    }

    private func afterCheck(_ contexts: MoveContexts, _ verdicts: [Verdict]) -> (State, [MoveAction]) {
        if let reason = verdicts.lazy.compactMap(\.reason).first {
            let refusal: [MoveAction] = [
                .record(.cancelled(reason)), .send(.prepared(verdicts), to: .target), .finish,
            ]
            return (.cancelled(reason), refusal)
        }
        var contexts = contexts
        contexts.names = verdicts.map(\.name)
        return (.holding(contexts), [.record(.installing), .hold(contexts)])
    }

    /// What it does until the stack holds for the SAs, or said that it cannot.
    private func whileHolding(_ contexts: MoveContexts, _ input: Input) -> (State, [MoveAction]) {
        let identifiers = contexts.takenIdentifiers
        return switch input {
        case .held:
            (
                .prepared(contexts),
                [.send(.prepared(contexts.acceptance), to: .target), .setDeadline(timing.preparedLimit)]
            )
        case .failed(let reason):
            // Nothing is taken out of service for what would be lost meanwhile.
            cancel(
                reason, forgetting: identifiers,
                answer: .prepared(contexts.associations.map { _ in .refused(reason) }))
        case .received(.cancel(let reason)): cancel(reason, forgetting: identifiers)
        case .received(.inquire), .received(.transfer): cancel(.unknownMove, forgetting: identifiers)
        case .received(.destroy), .received(.abandon):
            cancel(.unknownMove, forgetting: identifiers, answer: .destroyed)
        case .received, .checked, .installed, .redirected, .removed, .ended, .deadlinePassed:
            (.holding(contexts), [])
        }
    }

    /// Tells the far end of the new names, again and again until it has acknowledged them.
    private func tell(_ updates: [GatewayUpdate]) -> [MoveAction] {
        [.send(.update(updates), to: .target), .setDeadline(timing.retry)]
    }

    private func cancel(
        _ reason: MoveReason, forgetting identifiers: [SAIdentifier], answer: MoveMessage? = nil
    ) -> (State, [MoveAction]) {
        var actions: [MoveAction] = [.setDeadline(nil), .record(.cancelled(reason))]
        if !identifiers.isEmpty { actions.append(.forget(identifiers)) }
        actions += [.send(answer ?? .settled(.cancelled(reason)), to: .target), .finish]
        return (.cancelled(reason), actions)
    }
}
