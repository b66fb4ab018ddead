import ForwardingPath
import IPsec

extension SourceMove {
    /// The whole protocol, state by state: each row gives one next state and its actions.
    func transition(_ state: State, _ input: Input) -> (State, [MoveAction]) {
        switch state {
        case .planned:
            switch input {
            case .start: (.querying, [.record(.started), .enter(.plan)])
            case .abort(let by): finished(.aborted(.aborted(by: by)))
            case .groupFailed(let reason): finished(.stayed(reason))
            case .received, .approved, .denied, .proceed, .groupSettled, .deadlinePassed: (state, [])
            }
        case .querying:
            switch input {
            case .received(.answer(let verdicts)): afterQuery(verdicts)
            case .received, .start, .approved, .denied, .abort, .proceed, .groupFailed, .groupSettled, .deadlinePassed:
                beforeTheSwitch(state, input, silent: .taker)
            }
        case .approving(let missing):
            switch input {
            case .received(.approved): afterApproval(missing.subtracting([.target]))
            case .approved: afterApproval(missing.subtracting([.source]))
            case .denied(let by): (.cancelling(.notApproved(by: by)), [])
            case .received, .start, .abort, .proceed, .groupFailed, .groupSettled, .deadlinePassed:
                beforeTheSwitch(state, input, silent: nil)
            }
        case .collecting:
            switch input {
            case .received(.collected(let contexts)) where contexts.identifiers == offer.associations.map(\.identifier):
                next(.prepare, contexts)
            case .received, .start, .approved, .denied, .abort, .proceed, .groupFailed, .groupSettled, .deadlinePassed:
                beforeTheSwitch(state, input, silent: .holder)
            }
        case .preparing(let contexts):
            switch input {
            case .received(.prepared(let verdicts)): afterPrepare(contexts, verdicts)
            case .received, .start, .approved, .denied, .abort, .proceed, .groupFailed, .groupSettled, .deadlinePassed:
                beforeTheSwitch(state, input, silent: .taker)
            }
        case .waiting(before: .release, _):
            switch input {
            case .proceed: go(.release, nil)
            case .received(.inquire): (state, [.send(.settled(.installed), to: .holder)])
            case .received(.closed(.ended)): (.destroying(.timeout(.taker)), [])
            case .received(.settled(.lost)): (.returning(.lost, .restarted(.taker)), [])
            case .groupFailed(let reason): (.abandoning(reason), [])
            case .received, .start, .approved, .denied, .abort, .groupSettled, .deadlinePassed: (state, [])
            }
        case .waiting(let phase, let contexts):
            switch input {
            case .proceed: go(phase, contexts)
            case .received, .start, .approved, .denied, .abort, .groupFailed, .groupSettled, .deadlinePassed:
                beforeTheSwitch(state, input, silent: nil)
            }

        case .committed:
            switch input {
            case .proceed: (.quiescing, [.enter(.quiesce)])
            case .received, .start, .approved, .denied, .abort, .groupFailed, .groupSettled, .deadlinePassed:
                afterTheSwitch(state, input, silent: nil)
            }
        case .quiescing:
            switch input {
            case .received(.transfer(let dynamics, let elapsed)):
                (.transferring(dynamics, elapsed: elapsed), [.enter(.transfer)])
            // The holder did not quiesce under this name, and never will.
            case .received(.refused(let reason)): (.cancelling(reason), [])
            case .received(.closed(.kept)): (.cancelling(.associationChanged), [])
            // After a restart: all was done but the last phase.
            case .received(.closed(.released)): (.settling(.restarted(.source)), [])
            case .received, .start, .approved, .denied, .abort, .proceed, .groupFailed, .groupSettled, .deadlinePassed:
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
            // A repeated transfer can turn it early; the key is waited for all the same.
            case .received(.redirected): waiting ? (state, []) : afterRedirect(holderClosed: holderClosed)
            case .received(.closed(.released)): (.redirecting(holderClosed: true, waiting: waiting), [])
            case .received(.settled(.lost)): (.returning(.lost, .restarted(.taker)), [])
            case .received(.closed(.ended)): (.destroying(.timeout(.taker)), [])
            case .received(.inquire): (state, [.send(.settled(.installed), to: .holder)])
            case .groupFailed(let reason): (.abandoning(reason), [])
            case .received, .start, .approved, .denied, .abort, .groupSettled, .deadlinePassed: (state, [])
            }
        case .releasing(let holderClosed, let takerClosed):
            switch input {
            case .received(.closed(.released)): released(holder: true, taker: takerClosed)
            case .received(.released): released(holder: holderClosed, taker: true)
            case .received(.settled(.lost)): (.returning(.lost, .restarted(.taker)), [])
            case .received(.closed(.ended)): (.destroying(.timeout(.taker)), [])
            case .received(.inquire): (state, [.send(.settled(.installed), to: .holder)])
            case .received, .start, .approved, .denied, .abort, .proceed, .groupFailed, .groupSettled, .deadlinePassed:
                (state, [])
            }

        case .cancelling(let reason):
            switch input {
            case .received(.settled(.cancelled)), .received(.settled(.lost)): finished(.stayed(reason))
            case .received, .start, .approved, .denied, .abort, .proceed, .groupFailed, .groupSettled, .deadlinePassed:
                (state, [])
            }
        case .stranded(let settlement, let reason):
            switch input {
            case .groupSettled(let anyEnded): (anyEnded ? .condemning(reason) : .returning(settlement, reason), [])
            case .received(.closed(.ended)): (.destroying(reason), [])
            case .received(.closed(.kept)): finished(.stayed(reason))
            case .received, .start, .approved, .denied, .abort, .proceed, .groupFailed, .deadlinePassed: (state, [])
            }
        case .returning(let settlement, let reason):
            switch input {
            case .received(.closed(.kept)): finished(.stayed(reason))
            // The taker had them in force and lost them: it asks for renegotiation itself.
            case .received(.closed(.released)): finished(.ended(reason))
            case .received(.closed(.ended)): (.destroying(reason), [])
            case .received(.inquire), .received(.transfer): (state, [.send(.settled(settlement), to: .holder)])
            case .received, .start, .approved, .denied, .abort, .proceed, .groupFailed, .groupSettled, .deadlinePassed:
                (state, [])
            }
        case .condemning(let reason):
            switch input {
            case .received(.closed(.ended)): finished(.ended(reason))
            // It was let go before: the operator is told that the group stands apart.
            case .received(.closed(.kept)), .received(.closed(.released)): finished(.stayed(reason))
            case .received, .start, .approved, .denied, .abort, .proceed, .groupFailed, .groupSettled, .deadlinePassed:
                (state, [])
            }
        case .abandoning(let reason):
            switch input {
            case .received(.destroyed): finished(.ended(reason))
            case .received(.inquire): (state, [.send(.settled(.installed), to: .holder)])
            case .received, .start, .approved, .denied, .abort, .proceed, .groupFailed, .groupSettled, .deadlinePassed:
                (state, [])
            }
        case .destroying(let reason):
            switch input {
            case .received(.destroyed): finished(.ended(reason))
            case .received, .start, .approved, .denied, .abort, .proceed, .groupFailed, .groupSettled, .deadlinePassed:
                (state, [])
            }
        case .finished(let outcome):
            switch input {
            case .received(.inquire), .received(.transfer):
                (state, [.send(.settled(settlement(outcome)), to: .holder), .finish])
            case .received, .start, .approved, .denied, .abort, .proceed, .groupFailed, .groupSettled, .deadlinePassed:
                (state, [.finish])
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
        case .groupFailed(let reason): (.cancelling(reason), [])
        case .deadlinePassed:
            if let silent, attempts >= timing.attempts { (.cancelling(.timeout(silent)), []) } else { (state, []) }
        case .received, .start, .approved, .denied, .proceed, .groupSettled: (state, [])
        }
    }

    /// The rows that all states share in which the SAs may be out of service: only the taker's word ends them.
    private func afterTheSwitch(_ state: State, _ input: Input, silent: MoveRole?) -> (State, [MoveAction]) {
        switch input {
        case .received(.settled(let settlement)): afterSettlement(settlement, cause(state))
        case .received(.closed(.ended)): (.destroying(cause(state)), [])
        // A part of a group that others of it follow is not called back alone.
        case .abort where grouped: (state, [])
        case .abort(let by): (.settling(.aborted(by: by)), [.send(.cancel(.aborted(by: by)), to: .target)])
        case .groupFailed(let reason): (.settling(reason), [.send(.cancel(reason), to: .target)])
        case .deadlinePassed:
            if let silent, attempts >= timing.attempts / 2 { (.settling(.timeout(silent)), []) } else { (state, []) }
        case .received, .start, .approved, .denied, .proceed, .groupSettled: (state, [])
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
        case .installed:
            if let groupFailure {
                (.abandoning(groupFailure), [])
            } else {
                (.redirecting(holderClosed: false, waiting: stepping), stepping ? [] : [.enter(.redirect)])
            }
        case .cancelled(let reason):
            grouped
                ? (.stranded(settlement, reason == .unknownMove ? cause : reason), [])
                : (.returning(settlement, reason == .unknownMove ? cause : reason), [])
        case .lost: (.returning(settlement, .restarted(.taker)), [])
        }
    }

    private func afterRedirect(holderClosed: Bool) -> (State, [MoveAction]) {
        stepping || grouped
            ? (.waiting(before: .release, nil), [])
            : (.releasing(holderClosed: holderClosed, takerClosed: false), [.enter(.release)])
    }

    private func released(holder: Bool, taker: Bool) -> (State, [MoveAction]) {
        holder && taker
            ? finished(.completed)
            : (.releasing(holderClosed: holder, takerClosed: taker), [])
    }

    private func finished(_ outcome: MoveOutcome) -> (State, [MoveAction]) {
        (.finished(outcome), [.record(.finished(outcome)), .finish])
    }

    /// Goes on to a phase, or waits before it.
    private func next(_ phase: MovePhase, _ contexts: MoveContexts?) -> (State, [MoveAction]) {
        let waits = stepping || (grouped && phase == .quiesce)
        // What was prepared is at the taker: the leader needs it no more.
        return waits ? (.waiting(before: phase, phase == .quiesce ? nil : contexts), []) : go(phase, contexts)
    }

    private func go(_ phase: MovePhase, _ contexts: MoveContexts?) -> (State, [MoveAction]) {
        switch (phase, contexts) {
        case (.collect, _): return (.collecting, [.enter(.collect)])
        case (.prepare, var contexts?):
            contexts.redirectsWhenAsked = stepping
            (contexts.identity, contexts.spiConflict) = (offer.identity, offer.spiConflict)
            return (.preparing(contexts), [.enter(.prepare)])
        case (.quiesce, _) where grouped: return (.committed, [.record(.switching)])
        case (.quiesce, _): return (.quiescing, [.record(.switching), .enter(.quiesce)])
        case (.release, _):
            // Durable before the first part hears of it: a restarted router must not call the others back.
            return (
                .releasing(holderClosed: false, takerClosed: false),
                (grouped ? [.record(.sealed)] : []) + [.enter(.release)]
            )
        case (.plan, _), (.approve, _), (.prepare, nil), (.transfer, _), (.install, _), (.redirect, _):
            return (state, [])
        }
    }

    private func cause(_ state: State) -> MoveReason {
        switch state {
        case .settling(let reason), .returning(_, let reason), .cancelling(let reason), .destroying(let reason),
            .stranded(_, let reason), .condemning(let reason), .abandoning(let reason):
            reason
        case .planned, .querying, .approving, .collecting, .preparing, .waiting, .committed, .quiescing, .transferring,
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
