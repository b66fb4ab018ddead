package import IPsec

/// The holder's side of one move: the gateway where the SAs are. Does no I/O and reads no clock.
package struct HolderMove: Equatable, Sendable {
    /// By SA index.
    package let identifiers: [SAIdentifier]
    package private(set) var state: State
    private let timing: MoveTiming
    /// Times that the outcome was asked for without an answer.
    private var attempts = 0

    package init(identifiers: [SAIdentifier], timing: MoveTiming = MoveTiming()) {
        self.identifiers = identifiers
        self.timing = timing
        state = .reading
    }

    /// The machine of a move that an operator of the holder asks for: the previous router is asked to lead it.
    package init(requesting request: MoveRequest, timing: MoveTiming = MoveTiming()) {
        self.init(identifiers: request.offer.associations.map(\.identifier), timing: timing)
        state = .requesting(request)
    }

    /// The machine of a move that a restarted holder finds in its journal.
    ///
    /// - Parameter inForce: whether the SAs are in force here. Then they were never taken out of service, so that
    ///   nothing can have been sent.
    package init(
        restoring record: MoveRecord, identifiers: [SAIdentifier], inForce: Bool, timing: MoveTiming = MoveTiming()
    ) {
        self.init(identifiers: identifiers, timing: timing)
        state =
            switch record {
            case .closed(let end): .finished(end)
            case .ending: .removing(.ended)
            case .mayBeSent, .started, .switching, .sealed, .installing, .installed, .cancelled, .lost, .finished,
                .released:
                inForce ? .finished(.kept) : .asking
            }
    }

    /// What a restarted holder must write down before it answers; `nil` when its record stands.
    package var correction: MoveRecord? { state == .finished(.kept) ? .closed(.kept) : nil }

    package enum State: Equatable, Sendable {
        /// Asks the previous router to lead the move.
        case requesting(MoveRequest)
        /// The previous router leads, and has not asked for the contexts yet.
        case requested
        /// Reads the static contexts.
        case reading
        /// Gave them away; the SAs are in force as before.
        case offered
        case quiescing
        /// The others of its group have moved, and these cannot: takes them out of service to end them.
        case condemned
        /// The final state is on its way: the SAs stay out of service until the taker's settlement is known.
        case sent([DynamicAttributes])
        /// After a restart: the final state may have been sent.
        case asking
        case resuming
        case removing(HolderEnd)
        case finished(HolderEnd)
    }

    package enum Input: Equatable, Sendable {
        /// Ask for the move.
        case start
        case received(MoveMessage)
        /// The static contexts were read.
        case read(MoveContexts)
        /// The SAs are out of service with that final state.
        case quiesced([DynamicAttributes])
        case resumed
        case removed
        /// The stack did not do the last thing that it was asked.
        case failed(MoveReason)
        /// A rekey, delete or expiry of one of the SAs here.
        case associationChanged(MoveReason)
        case deadlinePassed
    }

    /// Whether the SAs are out of service, or may be, and it is not known yet what becomes of them. Meanwhile the
    /// gateway must not take SAs with the same identifiers.
    package var isUndecided: Bool {
        switch state {
        case .quiescing, .condemned, .sent, .asking, .resuming, .removing: true
        case .requesting, .requested, .reading, .offered, .finished: false
        }
    }

    package mutating func handle(_ input: Input) -> [MoveAction] {
        let before = state
        let actions: [MoveAction]
        (state, actions) = transition(before, input)
        if input == .deadlinePassed, state == before { attempts += 1 } else if state != before { attempts = 0 }
        return actions
    }

    /// The whole protocol on one screen.
    private func transition(_ state: State, _ input: Input) -> (State, [MoveAction]) {
        switch (state, input) {
        case (.requesting(let request), .start):
            (state, [.send(.request(request), to: .source), .setDeadline(timing.retry)])
        case (.requesting(let request), .deadlinePassed):
            attempts < timing.attempts
                ? (state, [.send(.request(request), to: .source), .setDeadline(timing.retry)])
                : (.finished(.kept), [.send(.closed(.kept), to: .source), .finish])
        case (.requesting, .received(.answer)):
            (.requested, [.setDeadline(timing.preparedLimit)])
        case (.requested, .deadlinePassed):
            // Operators may take their time; but a previous router that forgot the move will never ask.
            (state, [.send(.inquire, to: .source), .setDeadline(timing.preparedLimit)])
        case (.requesting, .received(.collect)), (.requested, .received(.collect)):
            (.reading, [.setDeadline(nil), .read(identifiers)])
        case (.requesting, .received(.refused)), (.requested, .received(.refused)),
            (.requesting, .received(.settled)), (.requested, .received(.settled)):
            (.finished(.kept), [.setDeadline(nil), .finish])
        case (.requesting, .associationChanged(let reason)), (.requested, .associationChanged(let reason)):
            (.finished(.kept), [.setDeadline(nil), .send(.refused(reason), to: .source), .finish])
        case (.requesting, .received(.cancel)), (.requested, .received(.cancel)):
            (.finished(.kept), [.setDeadline(nil), .send(.closed(.kept), to: .source), .finish])

        case (.reading, .received(.collect)):
            (state, [.read(identifiers)])
        case (.reading, .read(let contexts)):
            (.offered, [.send(.collected(contexts), to: .source), .setDeadline(timing.preparedLimit * 4)])
        case (.offered, .received(.collect)):
            (.reading, [.read(identifiers)])
        case (.reading, .failed(let reason)), (.reading, .associationChanged(let reason)),
            (.offered, .associationChanged(let reason)):
            (.finished(.kept), [.send(.refused(reason), to: .source), .finish])
        case (.reading, .received(.cancel)), (.offered, .received(.cancel)), (.offered, .deadlinePassed),
            (.reading, .received(.settled)), (.offered, .received(.settled)):
            // Nothing was taken out of service, so nothing can be in force elsewhere.
            (.finished(.kept), [.send(.closed(.kept), to: .source), .finish])

        case (.offered, .received(.quiesce)):
            (.quiescing, [.record(.mayBeSent), .quiesce(identifiers)])
        case (.quiescing, .quiesced(let dynamics)):
            (.sent(dynamics), [.send(.transfer(dynamics, elapsed: .zero), to: .source), .setDeadline(timing.retry)])
        case (.quiescing, .failed(let reason)):
            (.finished(.kept), [.record(.closed(.kept)), .send(.refused(reason), to: .source), .finish])
        case (.offered, .received(.destroy)):
            (.condemned, [.setDeadline(nil), .record(.mayBeSent), .quiesce(identifiers)])
        case (.condemned, .quiesced), (.sent, .received(.destroy)), (.asking, .received(.destroy)):
            end(.groupFailed)
        case (.condemned, .failed(let reason)):
            (.finished(.kept), [.record(.closed(.kept)), .send(.refused(reason), to: .source), .finish])
        case (.sent(let dynamics), .received(.quiesce)):
            (state, [.send(.transfer(dynamics, elapsed: .zero), to: .source)])

        case (.sent, .received(.settled(.installed))), (.asking, .received(.settled(.installed))):
            (.removing(.released), [.setDeadline(nil), .remove(identifiers, forwarding: true)])
        case (.sent, .received(.settled(.cancelled))), (.asking, .received(.settled(.cancelled))):
            (.resuming, [.setDeadline(nil), .resume(identifiers)])
        case (.sent, .received(.settled(.lost))), (.asking, .received(.settled(.lost))):
            end(.restarted(.taker))
        case (.sent, .deadlinePassed), (.asking, .deadlinePassed):
            attempts < timing.attempts
                ? (state, [.send(.inquire, to: .source), .setDeadline(timing.retry)])
                : end(.timeout(.taker))

        case (.resuming, .resumed):
            (.finished(.kept), [.record(.closed(.kept)), .send(.closed(.kept), to: .source), .finish])
        case (.resuming, .failed(let reason)):
            end(reason)
        case (.removing(let end), .removed), (.removing(let end), .failed):
            (.finished(end), [.record(.closed(end)), .send(.closed(end), to: .source), .finish])

        case (.removing(.ended), .deadlinePassed):
            // After a restart: whether it was done and told is not known, and doing it twice does no harm.
            end(.restarted(.holder))

        case (.finished(let end), .received):
            (state, [.send(.closed(end), to: .source)])

        case (.requesting, _), (.requested, _), (.reading, _), (.offered, _), (.quiescing, _), (.condemned, _),
            (.sent, _),
            (.asking, _), (.resuming, _), (.removing, _), (.finished, _):
            (state, [])
        }
    }

    /// What a holder answers about a move that it has neither a machine nor a record of: it never took anything out of
    /// service under that name. `collect` starts a machine instead.
    package static func answer(toUnknown message: MoveMessage) -> MoveMessage {
        message == .quiesce ? .refused(.unknownMove) : .closed(.kept)
    }

    /// Ends the SAs: nobody can say any more who may use their numbers.
    private func end(_ reason: MoveReason) -> (State, [MoveAction]) {
        let ending: [MoveAction] = [
            .setDeadline(nil), .record(.ending), .renegotiate(identifiers, reason),
            .remove(identifiers, forwarding: false),
        ]
        return (.removing(.ended), ending)
    }
}
