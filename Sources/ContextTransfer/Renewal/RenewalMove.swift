package import IPsec

/// The holder's side of SAs that a taker negotiates anew in its place: make before break. Does no I/O and reads no clock.
///
/// The old SAs are in force here until the new ones are used at both ends, so that nothing is paused.
package struct RenewalMove: Equatable, Sendable {
    package let task: RenewalTask
    package private(set) var state = State.planned
    private let timing: MoveTiming
    /// Messages of the present state that were not answered.
    private var attempts = 0

    package init(_ task: RenewalTask, timing: MoveTiming = MoveTiming()) {
        (self.task, self.timing) = (task, timing)
    }

    package enum State: Equatable, Sendable {
        case planned
        /// Asked the taker.
        case ordering
        /// Passes packets for the new SAs on: from here on only the taker can say how it ends, or an operator where it says
        /// nothing any more.
        case forwarding([SAIdentifier])
        /// Both ends use the new SAs; the old ones still receive what is under way.
        case lingering([SAIdentifier])
        case finished(MoveOutcome)
    }

    package enum Input: Equatable, Sendable {
        case start
        case received(RenewalMessage.Content)
        case abort(by: String)
        case deadlinePassed
    }

    package enum Action: Equatable, Sendable {
        case send(RenewalMessage.Content)
        case setDeadline(Duration?)
        case enter(MovePhase)
        /// Tell whether the taker answers.
        case tell(isAnswered: Bool)
        /// Pass packets for these on to the taker.
        case forward([SAIdentifier])
        /// End the old SAs.
        case end([SAIdentifier])
        /// Have new SAs negotiated here in the place of the old ones: whether the other end has those is not known.
        case renew([SAIdentifier])
        case finish(MoveOutcome)
    }

    /// How long old SAs still receive what was under way when the new ones took their place.
    package static let linger = Duration.milliseconds(500)
    /// How often a taker may have others ready.
    private static let lives = 8

    package mutating func handle(_ input: Input) -> [Action] {
        let before = state
        let actions: [Action]
        (state, actions) = transition(before, input)
        attempts = state == before && input == .deadlinePassed ? attempts + 1 : state == before ? attempts : 0
        return actions
    }

    private var old: [SAIdentifier] { task.associations.map(\.replaces) }

    /// The whole protocol on one screen.
    private func transition(_ state: State, _ input: Input) -> (State, [Action]) {
        switch (state, input) {
        case (.planned, .start):
            (.ordering, [.enter(.prepare), .send(.order(task)), .setDeadline(timing.retry)])
        case (.ordering, .deadlinePassed):
            attempts < timing.attempts
                ? (state, [.send(.order(task)), .setDeadline(timing.retry)])
                : over(.failed(.timeout(.taker)), telling: .timeout(.taker))
        case (.ordering, .abort(let by)):
            over(.aborted(.aborted(by: by)), telling: .aborted(by: by))
        case (.ordering, .received(.ready(let new))):
            (
                .forwarding(new),
                [.enter(.redirect), .forward(new), .send(.forwarding(new)), .setDeadline(timing.retry)]
            )
        case (.forwarding(let known), .received(.ready(let new))):
            again(known, new)
        case (.forwarding(let new), .deadlinePassed):
            (
                state,
                (attempts + 1 == timing.attempts ? [.tell(isAnswered: false)] : [])
                    + [.send(.forwarding(new)), .setDeadline(timing.retry * (1 << min(attempts / timing.attempts, 4)))]
            )
        case (.forwarding, .abort(let by)) where isUnanswered:
            abandoned(.aborted(.aborted(by: by)), telling: .aborted(by: by))
        case (.forwarding, .received(.renewed(let new))), (.ordering, .received(.renewed(let new))):
            (.lingering(new), [.enter(.release), .setDeadline(Self.linger)])
        case (.lingering, .deadlinePassed):
            (.finished(.completed), [.setDeadline(nil), .end(old), .finish(.completed)])
        case (.forwarding, .received(.refused(let reason))):
            // The taker may have been restarted, and the other end use SAs that nobody has.
            abandoned(reason == .unknownMove ? .failed(.restarted(.taker)) : .stayed(reason))
        case (.ordering, .received(.refused(let reason))):
            over(.stayed(reason), telling: nil)

        case (.planned, _), (.ordering, _), (.forwarding, _), (.lingering, _), (.finished, _):
            (state, [])
        }
    }

    /// Whether the taker has said nothing for so long that an operator may give it up.
    private var isUnanswered: Bool { attempts >= timing.attempts }

    /// The taker repeats itself, or was restarted and has negotiated others; which of them came last the network does not
    /// tell, so that it has the packets of all.
    private func again(_ known: [SAIdentifier], _ new: [SAIdentifier]) -> (State, [Action]) {
        let others = new.filter { !known.contains($0) }
        let all = known + others
        guard all.count <= old.count * Self.lives else { return (state, []) }
        let word: [Action] = isUnanswered ? [.tell(isAnswered: true)] : []
        return (.forwarding(all), word + (others.isEmpty ? [] : [.forward(others)]) + [.send(.forwarding(all))])
    }

    private func abandoned(_ outcome: MoveOutcome, telling reason: MoveReason? = nil) -> (State, [Action]) {
        let word: [Action] = reason.map { [.send(.refused($0))] } ?? []
        return (.finished(outcome), [.setDeadline(nil)] + word + [.finish(outcome), .renew(old)])
    }

    private func over(_ outcome: MoveOutcome, telling reason: MoveReason?) -> (State, [Action]) {
        let word: [Action] = reason.map { [.send(.refused($0))] } ?? []
        return (.finished(outcome), [.setDeadline(nil)] + word + [.finish(outcome)])
    }
}
