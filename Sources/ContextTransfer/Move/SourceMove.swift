package import ForwardingPath
package import IPsec

/// The previous router's side of one move: the leader. Does no I/O and reads no clock.
///
/// Its owner feeds it ``Input`` and carries out, in order, the ``MoveAction``s it gets back. What a state sends when
/// it is entered it sends again at each deadline, until it is left.
package struct SourceMove: Equatable, Sendable {
    package let offer: MoveOffer
    package let approval: ApprovalPolicy
    /// Whether the move waits for ``Input/proceed`` before each phase outside the pause, for teaching.
    package let stepping: Bool
    package private(set) var state: State
    private let timing: MoveTiming
    /// Requests of the present state that were not answered.
    private var attempts = 0

    package init(offer: MoveOffer, approval: ApprovalPolicy, stepping: Bool, timing: MoveTiming = MoveTiming()) {
        self.offer = offer
        self.approval = approval
        self.stepping = stepping
        self.timing = timing
        state = .planned
    }

    /// The machine of a move that a restarted router finds in its journal. It knows no SA and needs none: nothing new
    /// is transferred, only what became of the move is found out.
    package init(restoring record: MoveRecord, offer: MoveOffer, timing: MoveTiming = MoveTiming()) {
        self.init(offer: offer, approval: .automatic, stepping: false, timing: timing)
        state =
            switch record {
            case .finished(let outcome): .finished(outcome)
            case .started: .cancelling(.restarted(.source))
            case .switching, .mayBeSent, .installing, .installed, .cancelled, .lost, .ending, .closed, .released:
                .settling(.restarted(.source))
            }
    }

    package enum State: Equatable, Sendable {
        case planned
        /// Asked the new router and the taker whether they can.
        case querying
        /// Waits for the operators that must still agree.
        case approving(Set<MoveRole>)
        case collecting
        case preparing(MoveContexts)
        /// Waits for a key, for teaching, before the given phase.
        case stepping(before: MovePhase, MoveContexts?)
        /// Asked the holder to take the SAs out of service: from here on only the taker can say how it ends.
        case quiescing
        case transferring([DynamicAttributes], elapsed: Duration)
        /// In force at the taker; traffic is being turned there, or waits for a key to be.
        case redirecting(holderClosed: Bool, waiting: Bool)
        case releasing(holderClosed: Bool, takerClosed: Bool)
        /// Nothing was taken out of service: has the taker forget.
        case cancelling(MoveReason)
        /// Asks the taker how the move ended.
        case settling(MoveReason)
        /// Tells the holder that the taker will never have the SAs, or has lost them.
        case returning(Settlement, MoveReason)
        /// The holder ended the SAs: has the taker end its copy.
        case destroying(MoveReason)
        case finished(MoveOutcome)
    }

    package enum Input: Equatable, Sendable {
        case start
        case received(MoveMessage)
        /// An operator here agreed.
        case approved
        case denied(by: String)
        case abort(by: String)
        /// The key that a stepping move waits for.
        case proceed
        case deadlinePassed
    }

    package mutating func handle(_ input: Input) -> [MoveAction] {
        let before = state
        let actions: [MoveAction]
        (state, actions) = transition(before, input)
        let repeated = input == .deadlinePassed && state == before
        guard state != before || repeated else { return actions }
        attempts = repeated ? attempts + 1 : 0
        return entering(actions)
    }

    /// What a state sends goes out after its record, and before its owner drops the machine.
    private func entering(_ actions: [MoveAction]) -> [MoveAction] {
        let last = actions.last == .finish ? [MoveAction.finish] : []
        return actions.dropLast(last.count) + entry(state) + [.setDeadline(deadline(state))] + last
    }

    /// The whole protocol, state by state: each row gives one next state and its actions.
    private func transition(_ state: State, _ input: Input) -> (State, [MoveAction]) {
        switch state {
        case .planned:
            switch input {
            case .start: (.querying, [.record(.started), .enter(.plan)])
            case .abort(let by): finished(.aborted(.aborted(by: by)))
            case .received, .approved, .denied, .proceed, .deadlinePassed: (state, [])
            }
        case .querying:
            switch input {
            case .received(.answer(let verdicts)): afterQuery(verdicts)
            case .received, .start, .approved, .denied, .abort, .proceed, .deadlinePassed:
                beforeTheSwitch(state, input, silent: .taker)
            }
        case .approving(let missing):
            switch input {
            case .received(.approved): afterApproval(missing.subtracting([.target]))
            case .approved: afterApproval(missing.subtracting([.source]))
            case .denied(let by): (.cancelling(.notApproved(by: by)), [])
            case .received, .start, .abort, .proceed, .deadlinePassed: beforeTheSwitch(state, input, silent: nil)
            }
        case .collecting:
            switch input {
            case .received(.collected(let contexts)) where contexts.identifiers == offer.associations.map(\.identifier):
                next(.prepare, contexts)
            case .received, .start, .approved, .denied, .abort, .proceed, .deadlinePassed:
                beforeTheSwitch(state, input, silent: .holder)
            }
        case .preparing(let contexts):
            switch input {
            case .received(.prepared(let verdicts)): afterPrepare(contexts, verdicts)
            case .received, .start, .approved, .denied, .abort, .proceed, .deadlinePassed:
                beforeTheSwitch(state, input, silent: .taker)
            }
        case .stepping(before: .release, _):
            switch input {
            case .proceed: go(.release, nil)
            case .received(.inquire): (state, [.send(.settled(.installed), to: .holder)])
            case .received(.closed(.ended)): (.destroying(.timeout(.taker)), [])
            case .received(.settled(.lost)): (.returning(.lost, .restarted(.taker)), [])
            case .received, .start, .approved, .denied, .abort, .deadlinePassed: (state, [])
            }
        case .stepping(let phase, let contexts):
            switch input {
            case .proceed: go(phase, contexts)
            case .received, .start, .approved, .denied, .abort, .deadlinePassed:
                beforeTheSwitch(state, input, silent: nil)
            }

        case .quiescing:
            switch input {
            case .received(.transfer(let dynamics, let elapsed)):
                (.transferring(dynamics, elapsed: elapsed), [.enter(.transfer)])
            // The holder did not quiesce under this name, and never will.
            case .received(.refused(let reason)): (.cancelling(reason), [])
            case .received(.closed(.kept)): (.cancelling(.associationChanged), [])
            case .received, .start, .approved, .denied, .abort, .proceed, .deadlinePassed:
                afterTheSwitch(state, input, silent: .holder)
            }
        case .transferring:
            afterTheSwitch(state, input, silent: .taker)
        case .settling:
            afterTheSwitch(state, input, silent: nil)

        case .redirecting(let holderClosed, let waiting):
            switch input {
            case .proceed:
                waiting
                    ? (.redirecting(holderClosed: holderClosed, waiting: false), [.enter(.redirect)])
                    : (state, [])
            case .received(.redirected):
                stepping
                    ? (.stepping(before: .release, nil), [])
                    : (.releasing(holderClosed: holderClosed, takerClosed: false), [.enter(.release)])
            case .received(.closed(.released)): (.redirecting(holderClosed: true, waiting: waiting), [])
            case .received(.settled(.lost)): (.returning(.lost, .restarted(.taker)), [])
            case .received(.closed(.ended)): (.destroying(.timeout(.taker)), [])
            case .received(.inquire): (state, [.send(.settled(.installed), to: .holder)])
            case .received, .start, .approved, .denied, .abort, .deadlinePassed: (state, [])
            }
        case .releasing(let holderClosed, let takerClosed):
            switch input {
            case .received(.closed(.released)): released(holder: true, taker: takerClosed)
            case .received(.released): released(holder: holderClosed, taker: true)
            case .received(.settled(.lost)): (.returning(.lost, .restarted(.taker)), [])
            case .received(.closed(.ended)): (.destroying(.timeout(.taker)), [])
            case .received(.inquire): (state, [.send(.settled(.installed), to: .holder)])
            case .received, .start, .approved, .denied, .abort, .proceed, .deadlinePassed: (state, [])
            }

        case .cancelling(let reason):
            switch input {
            case .received(.settled(.cancelled)), .received(.settled(.lost)): finished(.stayed(reason))
            case .received, .start, .approved, .denied, .abort, .proceed, .deadlinePassed: (state, [])
            }
        case .returning(let settlement, let reason):
            switch input {
            case .received(.closed(.kept)): finished(.stayed(reason))
            // The taker had them in force and lost them: it asks for renegotiation itself.
            case .received(.closed(.released)): finished(.ended(reason))
            case .received(.closed(.ended)): (.destroying(reason), [])
            case .received(.inquire), .received(.transfer): (state, [.send(.settled(settlement), to: .holder)])
            case .received, .start, .approved, .denied, .abort, .proceed, .deadlinePassed: (state, [])
            }
        case .destroying(let reason):
            switch input {
            case .received(.destroyed): finished(.ended(reason))
            case .received, .start, .approved, .denied, .abort, .proceed, .deadlinePassed: (state, [])
            }
        case .finished(let outcome):
            switch input {
            case .received(.inquire), .received(.transfer):
                (state, [.send(.settled(settlement(outcome)), to: .holder), .finish])
            case .received, .start, .approved, .denied, .abort, .proceed, .deadlinePassed: (state, [.finish])
            }
        }
    }

    /// The rows that all states share in which nothing was taken out of service.
    private func beforeTheSwitch(_ state: State, _ input: Input, silent: MoveRole?) -> (State, [MoveAction]) {
        switch input {
        case .received(.refused(let reason)), .received(.settled(.cancelled(let reason))): (.cancelling(reason), [])
        case .received(.settled(.lost)): (.cancelling(.restarted(.taker)), [])
        // The holder will never take its SAs out of service under this name.
        case .received(.closed(.kept)): (.cancelling(.associationChanged), [])
        case .abort(let by): (.cancelling(.aborted(by: by)), [])
        case .deadlinePassed:
            if let silent, attempts >= timing.attempts { (.cancelling(.timeout(silent)), []) } else { (state, []) }
        case .received, .start, .approved, .denied, .proceed: (state, [])
        }
    }

    /// The rows that all states share in which the SAs may be out of service: only the taker's word ends them.
    private func afterTheSwitch(_ state: State, _ input: Input, silent: MoveRole?) -> (State, [MoveAction]) {
        switch input {
        case .received(.settled(let settlement)): afterSettlement(settlement, cause(state))
        case .received(.closed(.ended)): (.destroying(cause(state)), [])
        case .abort(let by): (.settling(.aborted(by: by)), [.send(.cancel(.aborted(by: by)), to: .target)])
        case .deadlinePassed:
            if let silent, attempts >= timing.attempts / 2 { (.settling(.timeout(silent)), []) } else { (state, []) }
        case .received, .start, .approved, .denied, .proceed: (state, [])
        }
    }

    /// What a state sends when it is entered and at each deadline.
    private func entry(_ state: State) -> [MoveAction] {
        switch state {
        case .planned, .stepping: []
        case .querying: [.send(.query(offer), to: .target)]
        case .approving(let missing):
            attempts > 0
                ? missing.contains(.target) ? [.send(.query(offer), to: .target)] : []
                : missing.contains(.source) ? [.askApproval] : []
        case .collecting: [.send(.collect(offer.associations.map(\.identifier)), to: .holder)]
        case .preparing(let contexts): [.send(.prepare(contexts), to: .target)]
        case .quiescing: [.send(.quiesce, to: .holder)]
        case .transferring(let dynamics, let elapsed): [.send(.transfer(dynamics, elapsed: elapsed), to: .target)]
        case .redirecting(let holderClosed, let waiting):
            (holderClosed ? [] : [.send(.settled(.installed), to: .holder)])
                + (!waiting && (stepping || attempts > 0) ? [.send(.inquire, to: .target)] : [])
        case .releasing(let holderClosed, let takerClosed):
            (holderClosed ? [] : [.send(.settled(.installed), to: .holder)])
                + (takerClosed ? [] : [.send(.release, to: .target)])
        case .cancelling(let reason): [.send(.cancel(reason), to: .target), .send(.cancel(reason), to: .holder)]
        case .settling: [.send(.inquire, to: .target)]
        case .returning(let settlement, _): [.send(.settled(settlement), to: .holder)]
        case .destroying: [.send(.destroy, to: .target)]
        case .finished: []
        }
    }

    private func deadline(_ state: State) -> Duration? {
        switch state {
        case .planned, .stepping, .finished: nil
        case .querying, .approving, .collecting, .preparing, .quiescing, .transferring, .redirecting, .releasing,
            .cancelling, .settling, .returning, .destroying:
            // The longer nobody answers, the less often we ask, but at least every 16 retries.
            timing.retry * (1 << min(max(0, attempts - timing.attempts), 4))
        }
    }

    private func afterQuery(_ verdicts: [Verdict]) -> (State, [MoveAction]) {
        guard verdicts.count == offer.associations.count else { return (.cancelling(.unknownMove), []) }
        if let reason = verdicts.lazy.compactMap(\.reason).first { return (.cancelling(reason), []) }
        var missing: Set<MoveRole> = []
        if approval.needsSource { missing.insert(.source) }
        if approval.needsTarget { missing.insert(.target) }
        return missing.isEmpty ? next(.collect, nil) : (.approving(missing), [.enter(.approve)])
    }

    private func afterApproval(_ missing: Set<MoveRole>) -> (State, [MoveAction]) {
        missing.isEmpty ? next(.collect, nil) : (.approving(missing), [])
    }

    private func afterPrepare(_ contexts: MoveContexts, _ verdicts: [Verdict]) -> (State, [MoveAction]) {
        guard verdicts.count == offer.associations.count else { return (.cancelling(.unknownMove), []) }
        if let reason = verdicts.lazy.compactMap(\.reason).first { return (.cancelling(reason), []) }
        return next(.quiesce, contexts)
    }

    private func afterSettlement(_ settlement: Settlement, _ cause: MoveReason) -> (State, [MoveAction]) {
        switch settlement {
        case .installed: (.redirecting(holderClosed: false, waiting: stepping), stepping ? [] : [.enter(.redirect)])
        case .cancelled(let reason): (.returning(settlement, reason == .unknownMove ? cause : reason), [])
        case .lost: (.returning(settlement, .restarted(.taker)), [])
        }
    }

    private func released(holder: Bool, taker: Bool) -> (State, [MoveAction]) {
        holder && taker
            ? finished(.completed)
            : (.releasing(holderClosed: holder, takerClosed: taker), [])
    }

    private func finished(_ outcome: MoveOutcome) -> (State, [MoveAction]) {
        (.finished(outcome), [.record(.finished(outcome)), .finish])
    }

    /// Goes on to a phase, or waits for a key before it.
    private func next(_ phase: MovePhase, _ contexts: MoveContexts?) -> (State, [MoveAction]) {
        stepping ? (.stepping(before: phase, contexts), []) : go(phase, contexts)
    }

    private func go(_ phase: MovePhase, _ contexts: MoveContexts?) -> (State, [MoveAction]) {
        switch (phase, contexts) {
        case (.collect, _): return (.collecting, [.enter(.collect)])
        case (.prepare, var contexts?):
            contexts.redirectsWhenAsked = stepping
            return (.preparing(contexts), [.enter(.prepare)])
        case (.quiesce, _): return (.quiescing, [.record(.switching), .enter(.quiesce)])
        case (.release, _): return (.releasing(holderClosed: false, takerClosed: false), [.enter(.release)])
        case (.plan, _), (.approve, _), (.prepare, nil), (.transfer, _), (.install, _), (.redirect, _):
            return (state, [])
        }
    }

    private func cause(_ state: State) -> MoveReason {
        switch state {
        case .settling(let reason), .returning(_, let reason), .cancelling(let reason), .destroying(let reason): reason
        case .planned, .querying, .approving, .collecting, .preparing, .stepping, .quiescing, .transferring,
            .redirecting, .releasing, .finished:
            .timeout(.taker)
        }
    }

    private func settlement(_ outcome: MoveOutcome) -> Settlement {
        switch outcome {
        case .completed: .installed
        case .refused(let reason), .aborted(let reason), .failed(let reason): .cancelled(reason)
        case .ended: .lost
        }
    }
}
