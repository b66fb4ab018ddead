package import IPsec

/// The end that begins a negotiation of new SAs in the place of old ones. Does no I/O and reads no clock; what it needs
/// of chance it is given.
///
/// Two round trips as in IKEv2 (RFC 7296 section 1.2), which this is not: the links authenticate the nodes, the second
/// round proves that both heard the same. A third message says that the new SAs are used.
package struct ExchangeInitiator: Sendable {
    private let id: KeyExchangeID
    private let templates: [AssociationTemplate]
    private let proposals: [AssociationProposal]
    private let timing: ExchangeTiming
    private var state: State
    private var transcript: ExchangeTranscript
    /// Messages of the present state that were not answered.
    private var attempts = 0

    /// - Parameters:
    ///   - templates: What is to be replaced, as this node has it, or would.
    ///   - proposals: What it may become, SA by SA.
    package init(
        _ id: KeyExchangeID, from initiator: String, to responder: String, templates: [AssociationTemplate],
        proposals: [AssociationProposal], key: EphemeralKey, timing: ExchangeTiming = ExchangeTiming()
    ) {
        (self.id, self.templates, self.proposals, self.timing) = (id, templates, proposals, timing)
        transcript = ExchangeTranscript(id, initiator: initiator, responder: responder)
        state = .ready(key)
    }

    enum State: Sendable {
        case ready(EphemeralKey)
        /// Sent its share.
        case sharing(EphemeralKey)
        /// Sent what the SAs may be.
        case proposing(ExchangeSecret, ExchangeTranscript)
        case installing(NegotiatedAssociations)
        case turning(NegotiatedAssociations)
        /// Sends through the new SAs, and tells so until the other end does too.
        case confirming([Renewal])
        /// Told so for minutes and heard nothing: an operator knows, and it goes on.
        case doubting([Renewal])
        /// The old SAs still receive what is under way.
        case lingering([Renewal])
        case renewed
        case failed(KeyExchangeFailure)
    }

    /// The SAs that are to be replaced.
    package var replaced: [SAIdentifier] { templates.map(\.replaces) }
    /// Whether nothing was agreed on yet, so that it may be dropped for a negotiation that the other end began.
    package var isYielding: Bool { if case .sharing = state { true } else { false } }

    package mutating func handle(_ input: ExchangeInput) -> [ExchangeAction] {
        let actions: [ExchangeAction]
        if case .deadlinePassed = input { attempts += 1 }
        (state, actions) = transition(state, input)
        if case .received = input, !actions.isEmpty { attempts = 0 }
        return actions
    }

    /// The whole protocol on one screen.
    private func transition(_ state: State, _ input: ExchangeInput) -> (State, [ExchangeAction]) {
        switch (state, input) {
        case (.ready(let key), .start):
            (.sharing(key), [hello(key), .setDeadline(timing.retry)])
        case (.sharing(let key), .deadlinePassed):
            attempts < timing.attempts
                ? (state, [hello(key), .setDeadline(timing.retry)]) : failed(.noAnswer, telling: true)
        case (.sharing(let key), .received(.share(let share))):
            propose(key, share)
        case (.proposing(let secret, let heard), .deadlinePassed):
            attempts < timing.attempts
                ? (state, [proposal(secret, heard), .setDeadline(timing.retry)]) : failed(.noAnswer, telling: true)
        case (.proposing(let secret, let heard), .received(.choice(let choices, let confirmation))):
            install(secret, heard, choices, confirmation)
        case (.sharing, .received(.refused(let failure))), (.proposing, .received(.refused(let failure))):
            failed(failure, telling: false)

        case (.installing(let new), .installed):
            (.turning(new), [.setDeadline(nil), .turn(new.renewals)])
        case (.installing, .failed):
            failed(.stack, telling: true)
        case (.turning(let new), .turned):
            (.confirming(new.renewals), [.send(.inUse), .setDeadline(timing.retry)])
        case (.turning(let new), .failed):
            (.failed(.stack), [.withdraw(new.renewals), .send(.refused(.stack)), .fail(.stack), .finish])

        case (.confirming(let renewals), .deadlinePassed):
            attempts < timing.endurance
                ? (state, [.send(.inUse), .setDeadline(timing.pause(after: attempts))])
                : (
                    .doubting(renewals),
                    [.alarm(renewals), .send(.inUse), .setDeadline(timing.pause(after: attempts))]
                )
        case (.doubting, .deadlinePassed):
            // The other end may have ended the old SAs: only its word leads back to them.
            (state, [.send(.inUse), .setDeadline(timing.pause(after: attempts))])
        case (.confirming, .received(.choice)), (.doubting, .received(.choice)), (.lingering, .received(.choice)),
            (.renewed, .received(.choice)):
            // It did not hear so: else it would not repeat itself.
            (state, [.send(.inUse)])
        case (.confirming(let renewals), .received(.usedToo)), (.doubting(let renewals), .received(.usedToo)):
            (.lingering(renewals), [.report(renewals), .setDeadline(timing.linger)])
        case (.confirming(let renewals), .received(.refused(let failure))),
            (.doubting(let renewals), .received(.refused(let failure))):
            // The other end was restarted, and has nothing of them.
            (.failed(failure), [.setDeadline(nil), .withdraw(renewals), .fail(failure), .finish])
        case (.lingering(let renewals), .deadlinePassed):
            (.renewed, [.end(renewals), .finish])
        case (.failed(let failure), .received(.choice)):
            (state, [.send(.refused(failure))])

        case (.ready, _), (.sharing, _), (.proposing, _), (.installing, _), (.turning, _), (.confirming, _),
            (.doubting, _), (.lingering, _), (.renewed, _), (.failed, _):
            (state, [])
        }
    }

    private func hello(_ key: EphemeralKey) -> ExchangeAction { .send(.hello(replaced, key.share)) }

    private func propose(_ key: EphemeralKey, _ share: KeyShare) -> (State, [ExchangeAction]) {
        var heard = transcript
        heard.add(templates)
        heard.add(key.share)
        heard.add(share)
        guard let secret = key.secret(with: share, initiator: key.share.nonce, responder: share.nonce, heard) else {
            return failed(.notAuthentic, telling: true)
        }
        heard.add(proposals)
        return (.proposing(secret, heard), [proposal(secret, heard), .setDeadline(timing.retry)])
    }

    private func proposal(_ secret: ExchangeSecret, _ heard: ExchangeTranscript) -> ExchangeAction {
        .send(.proposal(proposals, confirmation: secret.confirmation(of: heard, by: .initiator)))
    }

    private func install(
        _ secret: ExchangeSecret, _ heard: ExchangeTranscript, _ choices: [AssociationChoice], _ confirmation: [UInt8]
    ) -> (State, [ExchangeAction]) {
        var heard = heard
        heard.add(choices)
        guard secret.confirms(confirmation, of: heard, by: .responder),
            let new = NegotiatedAssociations(
                templates, proposals: proposals, choices: choices, secret: secret, heard)
        else { return failed(.notAuthentic, telling: true) }
        return (.installing(new), [.setDeadline(nil), .install(new.associations)])
    }

    private func failed(_ failure: KeyExchangeFailure, telling: Bool) -> (State, [ExchangeAction]) {
        let word: [ExchangeAction] = telling ? [.send(.refused(failure == .noAnswer ? .abandoned : failure))] : []
        return (.failed(failure), [.setDeadline(nil)] + word + [.fail(failure), .finish])
    }
}
