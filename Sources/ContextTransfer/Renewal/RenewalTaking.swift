package import IPsec

/// The taker's side of SAs that it negotiates anew in a holder's place. Does no I/O and reads no clock.
package struct RenewalTaking: Equatable, Sendable {
    package private(set) var state = State.idle
    private let timing: MoveTiming
    /// Times that the holder was told that the SAs are ready without an answer.
    private var attempts = 0

    package init(timing: MoveTiming = MoveTiming()) { self.timing = timing }

    package enum State: Equatable, Sendable {
        case idle
        /// The key management is at it.
        case negotiating
        /// The new SAs can receive; the holder has to pass their packets on first.
        case ready([SAIdentifier])
        /// The holder does: the other end may send through them.
        case committed([SAIdentifier])
        case renewed([SAIdentifier])
        case refused(MoveReason)
    }

    package enum Input: Equatable, Sendable {
        case received(RenewalMessage.Content)
        /// The new SAs can receive.
        case agreed([SAIdentifier])
        /// Both ends use them.
        case renewed
        /// The negotiation came to nothing.
        case failed(MoveReason)
        case deadlinePassed
    }

    package enum Action: Equatable, Sendable {
        case send(RenewalMessage.Content)
        case setDeadline(Duration?)
        /// Have the key management begin; answer `agreed`, `renewed`, `failed`.
        case negotiate(RenewalTask)
        /// Let the key management go on, or not.
        case proceed(Bool)
    }

    package mutating func handle(_ input: Input) -> [Action] {
        let before = state
        let actions: [Action]
        (state, actions) = transition(before, input)
        attempts = state == before && input == .deadlinePassed ? attempts + 1 : state == before ? attempts : 0
        return actions
    }

    /// The whole protocol on one screen.
    private func transition(_ state: State, _ input: Input) -> (State, [Action]) {
        switch (state, input) {
        case (.idle, .received(.order(let task))):
            (.negotiating, [.negotiate(task)])
        case (.idle, .received(.forwarding)):
            // After a restart: whatever was begun is gone.
            (.refused(.unknownMove), [.send(.refused(.unknownMove))])
        case (.negotiating, .agreed(let new)):
            (.ready(new), [.send(.ready(new)), .setDeadline(timing.retry)])
        case (.negotiating, .received(.refused(let reason))):
            (.refused(reason), [.send(.refused(reason))])
        case (.refused, .agreed):
            (state, [.proceed(false)])
        case (.ready(let new), .received(.order)):
            (state, [.send(.ready(new))])
        case (.ready(let new), .deadlinePassed):
            attempts < timing.attempts
                ? (state, [.send(.ready(new)), .setDeadline(timing.retry)])
                : (.refused(.timeout(.holder)), [.proceed(false), .send(.refused(.timeout(.holder)))])
        case (.ready(let new), .received(.forwarding(let passed))):
            // Before a restart there may have been others, whose packets alone are passed on.
            Set(new).isSubset(of: passed)
                ? (.committed(new), [.setDeadline(nil), .proceed(true)])
                : (state, [.send(.ready(new))])
        case (.ready, .received(.refused(let reason))):
            (.refused(reason), [.setDeadline(nil), .proceed(false), .send(.refused(reason))])
        case (.committed(let new), .renewed):
            (.renewed(new), [.send(.renewed(new))])
        case (.negotiating, .failed(let reason)), (.ready, .failed(let reason)), (.committed, .failed(let reason)):
            (.refused(reason), [.setDeadline(nil), .send(.refused(reason))])
        case (.renewed(let new), .received(.order)), (.renewed(let new), .received(.forwarding)):
            (state, [.send(.renewed(new))])
        case (.refused(let reason), .received(.order)), (.refused(let reason), .received(.forwarding)):
            (state, [.send(.refused(reason))])

        case (.idle, _), (.negotiating, _), (.ready, _), (.committed, _), (.renewed, _), (.refused, _):
            (state, [])
        }
    }
}
