/// The new router's side of one move: hands messages on between the previous router and the taker, and between the taker
/// and the mobile node, and asks an operator of its own where one must agree. It keeps no context. Does no I/O and reads no clock.
///
/// It is kept as long as somebody speaks of the move; when nobody does it is forgotten, and made anew when one does again.
package struct TargetMove: Equatable, Sendable {
    package private(set) var state: State
    private let timing: MoveTiming
    /// Updates that the mobile node did not acknowledge.
    private var unanswered = 0

    /// After so many of them the previous router is asked to hand them on, which may reach the mobile node where this one
    /// does not.
    private static let detour = 4

    package init(timing: MoveTiming = MoveTiming()) {
        self.timing = timing
        state = .relaying
    }

    package enum State: Equatable, Sendable {
        case relaying
        /// An operator here must agree.
        case approving
        case approved(by: String)
        case denied(by: String)
        case finished
        /// Nobody spoke of it for a long time.
        case forgotten
    }

    package enum Input: Equatable, Sendable {
        /// From the previous router or from the taker.
        case received(MoveMessage)
        case approved(by: String)
        case denied(by: String)
        case deadlinePassed
    }

    package mutating func handle(_ input: Input) -> [MoveAction] {
        let actions: [MoveAction]
        if case .received(.update) = input { unanswered += 1 }
        if case .received(.updated) = input { unanswered = 0 }
        (state, actions) = transition(state, input)
        guard case .received = input, isKept else { return actions }
        return actions + [.setDeadline(timing.silenceLimit)]
    }

    private var isKept: Bool {
        switch state {
        case .relaying, .approving, .approved, .denied: true
        case .finished, .forgotten: false
        }
    }

    private func handOn(_ message: MoveMessage) -> MoveAction {
        .send(message, to: message.onward)
    }

    /// The whole protocol on one screen.
    private func transition(_ state: State, _ input: Input) -> (State, [MoveAction]) {
        switch (state, input) {
        case (.relaying, .received(.query(let offer))) where offer.needsApproval:
            (.approving, [.send(.query(offer), to: .taker), .askApproval])
        case (.approving, .approved(let by)):
            (.approved(by: by), [.send(.approved(by: by), to: .source)])
        case (.approving, .denied(let by)):
            (.denied(by: by), [.send(.refused(.notApproved(by: by)), to: .source)])
        case (.approved(let by), .received(.query(let offer))):
            // Repeated because our word was lost, or because somebody else takes time: the taker must not forget it meanwhile.
            (state, [.send(.query(offer), to: .taker), .send(.approved(by: by), to: .source)])
        case (.denied(let by), .received(.query)), (.denied(let by), .received(.prepare)):
            (state, [.send(.refused(.notApproved(by: by)), to: .source)])
        case (.approving, .received(.prepare)):
            (state, [.send(.refused(.notApproved(by: "nobody yet")), to: .source)])

        case (.relaying, .received(.released)), (.approving, .received(.released)), (.approved, .received(.released)),
            (.denied, .received(.released)), (.finished, .received(.released)), (.forgotten, .received(.released)):
            (.finished, [.send(.released, to: .source), .finish])
        case (_, .received(.update(let updates))) where unanswered > Self.detour:
            (state, [handOn(.update(updates)), .send(.update(updates), to: .source)])
        case (_, .received(let message)) where message.isLast:
            // The taker has nothing more to say of its own; who asks it again is handed on all the same.
            (.finished, [handOn(message), .finish])
        case (_, .received(let message)):
            (state, [handOn(message)])
        case (.relaying, .deadlinePassed), (.approving, .deadlinePassed), (.approved, .deadlinePassed),
            (.denied, .deadlinePassed):
            (.forgotten, [.finish])
        case (.finished, .deadlinePassed), (.forgotten, _):
            (state, [])
        case (.relaying, .approved), (.relaying, .denied), (.approved, .approved), (.approved, .denied),
            (.denied, .approved), (.denied, .denied), (.finished, .approved), (.finished, .denied):
            (state, [])
        }
    }
}

extension MoveMessage {
    /// Whether the taker has nothing more to say of its own accord after it.
    fileprivate var isLast: Bool {
        switch self {
        case .settled(.cancelled), .settled(.lost), .destroyed: true
        case .settled(.installed), .query, .request, .prepare, .transfer, .cancel, .inquire, .destroy, .abandon,
            .release, .answer, .approved, .prepared, .redirected, .released, .update, .updated, .survey, .surveyed,
            .collect, .collected, .quiesce, .closed, .refused, .seek, .found:
            false
        }
    }

    /// To whom the new router hands it on.
    package var onward: MoveRole {
        switch self {
        case .query, .prepare, .transfer, .cancel, .inquire, .destroy, .abandon, .release, .updated: .taker
        case .answer, .approved, .prepared, .settled, .redirected, .destroyed, .released: .source
        case .update: .mobile
        case .survey, .surveyed, .request, .collect, .collected, .quiesce, .closed, .refused, .seek, .found: .source
        }
    }
}
