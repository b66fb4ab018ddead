/// The mobile node's side of a move that it has to be told of: it gives the gateway of its SAs another name. Does no I/O
/// and reads no clock.
///
/// It keeps nothing: its stack knows which update was the last, so that one which comes again is acknowledged again.
package struct MobileMove: Equatable, Sendable {
    package private(set) var state = State.idle

    package init() {}

    package enum State: Equatable, Sendable {
        case idle
        case updating
        case finished
    }

    package enum Input: Equatable, Sendable {
        case received(MoveMessage)
        /// The SAs go on under the new names.
        case updated
        /// None was changed.
        case failed(MoveReason)
    }

    package mutating func handle(_ input: Input) -> [MoveAction] {
        let actions: [MoveAction]
        (state, actions) = transition(state, input)
        return actions
    }

    /// The whole protocol on one screen.
    private func transition(_ state: State, _ input: Input) -> (State, [MoveAction]) {
        switch (state, input) {
        case (.idle, .received(.update(let updates))):
            (.updating, [.update(updates)])
        case (.updating, .updated):
            (.finished, [.send(.updated(nil), to: .target), .finish])
        case (.updating, .failed(let reason)):
            (.finished, [.send(.updated(reason), to: .target), .finish])
        case (.idle, _), (.updating, .received), (.finished, _):
            (state, [])
        }
    }
}
