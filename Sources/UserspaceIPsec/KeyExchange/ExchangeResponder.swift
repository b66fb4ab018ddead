package import IPsec

/// The end that is asked for new SAs in the place of old ones that it has. Does no I/O and reads no clock; what it needs
/// of chance it is given.
package struct ExchangeResponder: Sendable {
    private let id: KeyExchangeID
    private let templates: [AssociationTemplate]
    private let accepted: [[AlgorithmSuite]]
    private let spis: [SPI?]
    private let timing: ExchangeTiming
    private let transcript: ExchangeTranscript
    private var state: State
    /// Messages of the present state that were not answered.
    private var attempts = 0

    /// - Parameters:
    ///   - templates: What this node has of the SAs that the initiator asked to replace, in their order.
    ///   - accepted: What each may become here.
    ///   - spis: For those that this node receives.
    package init(
        _ id: KeyExchangeID, from initiator: String, to responder: String, templates: [AssociationTemplate],
        accepted: [[AlgorithmSuite]], spis: [SPI?], share: KeyShare, key: EphemeralKey,
        timing: ExchangeTiming = ExchangeTiming()
    ) {
        (self.id, self.templates, self.accepted, self.spis) = (id, templates, accepted, spis)
        self.timing = timing
        var transcript = ExchangeTranscript(id, initiator: initiator, responder: responder)
        transcript.add(templates)
        transcript.add(share)
        transcript.add(key.share)
        self.transcript = transcript
        state = .ready(key, share)
    }

    enum State: Sendable {
        case ready(EphemeralKey, KeyShare)
        /// Sent its share.
        case shared(ExchangeSecret, KeyShare)
        case installing(NegotiatedAssociations, ExchangeAction)
        /// Receives through the new SAs, and sends through the old ones.
        case agreed([Renewal], ExchangeAction)
        case turning([Renewal])
        /// The old SAs still receive what is under way.
        case lingering([Renewal])
        case renewed
        case failed(KeyExchangeFailure)
    }

    /// The SAs that are to be replaced.
    package var replaced: [SAIdentifier] { templates.map(\.replaces) }

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
        case (.ready(let key, let share), .start):
            begin(key, share)
        case (.shared(_, let own), .received(.hello)):
            (state, [.send(.share(own))])
        case (.shared, .deadlinePassed):
            failed(.noAnswer)
        case (.shared(let secret, _), .received(.proposal(let proposals, let confirmation))):
            choose(secret, proposals, confirmation)
        case (.shared, .received(.refused(let failure))):
            failed(failure)

        case (.installing(let new, let choice), .installed):
            (.agreed(new.renewals, choice), [choice, .setDeadline(timing.retry)])
        case (.installing, .failed):
            failed(.stack, telling: true)
        case (.agreed(_, let choice), .received(.proposal)):
            (state, [choice])
        case (.agreed(let renewals, let choice), .deadlinePassed):
            // Whether the initiator has the SAs is not known: it says so, or that it never will. One that says nothing for
            // long is gone; should it come back, it hears that there are none, and goes on with the old ones.
            attempts < timing.patience
                ? (state, [choice, .setDeadline(timing.pause(after: attempts))])
                : withdrawn(renewals, .noAnswer)
        case (.agreed(let renewals, _), .received(.refused(let failure))):
            (.failed(failure), [.setDeadline(nil), .withdraw(renewals), .fail(failure), .finish])
        case (.agreed(let renewals, _), .received(.inUse)):
            (.turning(renewals), [.setDeadline(nil), .turn(renewals)])
        case (.turning(let renewals), .failed):
            // The initiator has turned, and keeps the old ones until it hears that this end has.
            withdrawn(renewals, .stack)
        case (.turning(let renewals), .turned):
            (.lingering(renewals), [.send(.usedToo), .report(renewals), .setDeadline(timing.linger)])
        case (.lingering, .received(.inUse)), (.renewed, .received(.inUse)):
            (state, [.send(.usedToo)])
        case (.lingering(let renewals), .deadlinePassed):
            (.renewed, [.end(renewals), .finish])
        case (.failed(let failure), .received(.proposal)), (.failed(let failure), .received(.inUse)):
            (state, [.send(.refused(failure))])

        case (.ready, _), (.shared, _), (.installing, _), (.agreed, _), (.turning, _), (.lingering, _), (.renewed, _),
            (.failed, _):
            (state, [])
        }
    }

    private func begin(_ key: EphemeralKey, _ share: KeyShare) -> (State, [ExchangeAction]) {
        let own = key.share
        guard let secret = key.secret(with: share, initiator: share.nonce, responder: own.nonce, transcript) else {
            return failed(.notAuthentic, telling: true)
        }
        return (.shared(secret, own), [.send(.share(own)), .setDeadline(timing.retry * timing.attempts)])
    }

    private func choose(
        _ secret: ExchangeSecret, _ proposals: [AssociationProposal], _ confirmation: [UInt8]
    ) -> (State, [ExchangeAction]) {
        var heard = transcript
        heard.add(proposals)
        guard secret.confirms(confirmation, of: heard, by: .initiator), proposals.count == templates.count else {
            return failed(.notAuthentic, telling: true)
        }
        var choices: [AssociationChoice] = []
        for (index, proposal) in proposals.enumerated() {
            guard let suite = proposal.suites.first(where: { accepted[index].contains($0) }) else {
                return failed(.noCommonSuite, telling: true)
            }
            choices.append(AssociationChoice(suite: suite, spi: spis[index]))
        }
        heard.add(choices)
        guard
            let new = NegotiatedAssociations(
                templates, proposals: proposals, choices: choices, secret: secret, heard)
        else { return failed(.notAuthentic, telling: true) }
        let choice = ExchangeAction.send(
            .choice(choices, confirmation: secret.confirmation(of: heard, by: .responder)))
        return (.installing(new, choice), [.setDeadline(nil), .install(new.associations)])
    }

    /// Goes back to the old SAs, and says so.
    private func withdrawn(
        _ renewals: [Renewal], _ failure: KeyExchangeFailure
    ) -> (State, [ExchangeAction]) {
        let word = KeyExchangeMessage.Content.refused(failure == .noAnswer ? .abandoned : failure)
        return (
            .failed(failure), [.setDeadline(nil), .withdraw(renewals), .send(word), .fail(failure), .finish]
        )
    }

    private func failed(_ failure: KeyExchangeFailure, telling: Bool = false) -> (State, [ExchangeAction]) {
        (
            .failed(failure),
            [.setDeadline(nil)] + (telling ? [.send(.refused(failure))] : []) + [.fail(failure), .finish]
        )
    }
}
