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
    /// Whether it goes on only with the other members of its group (``GroupMove``), whose owner gives `proceed`.
    package let grouped: Bool
    package private(set) var state: State
    let timing: MoveTiming
    /// Requests of the present state that were not answered.
    private(set) var attempts = 0
    /// Why the group does not go through.
    private(set) var groupFailure: MoveReason?

    package init(
        offer: MoveOffer, approval: ApprovalPolicy, stepping: Bool, grouped: Bool = false,
        timing: MoveTiming = MoveTiming()
    ) {
        self.offer = offer
        self.approval = approval
        self.stepping = stepping
        self.grouped = grouped
        self.timing = timing
        state = .planned
    }

    /// The machine of a move that a restarted router finds in its journal. It knows no SA and needs none: nothing new
    /// is transferred, only what became of the move is found out. But a group that was committed goes on, since a part
    /// of it may have moved.
    ///
    /// - Parameters:
    ///   - grouped: whether it is a member of a group that was not through.
    ///   - isCommitted: whether all members of the group had written that the switch may come.
    package init(
        restoring record: MoveRecord, offer: MoveOffer, grouped: Bool = false, isCommitted: Bool = false,
        timing: MoveTiming = MoveTiming()
    ) {
        self.init(offer: offer, approval: .automatic, stepping: false, grouped: grouped, timing: timing)
        state =
            switch record {
            case .finished(let outcome): .finished(outcome)
            case .started: .cancelling(.restarted(.source))
            case .switching where isCommitted: .quiescing
            case .switching, .sealed, .mayBeSent, .installing, .installed, .cancelled, .lost, .ending, .closed,
                .released:
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
        /// Waits before the given phase: for a key, for teaching, or for the other members of the group.
        case waiting(before: MovePhase, MoveContexts?)
        /// Wrote down that the switch may come, and waits until the whole group has.
        case committed
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
        /// The taker will never have the SAs: what the holder is told depends on the others of the group.
        case stranded(Settlement, MoveReason)
        /// Tells the holder that the taker will never have the SAs, or has lost them.
        case returning(Settlement, MoveReason)
        /// The others of the group have moved, and this one cannot: has the holder end its SAs.
        case condemning(MoveReason)
        /// In force at the taker, and the group does not go through: has the taker end them.
        case abandoning(MoveReason)
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
        /// The key that a stepping move waits for, or the group's.
        case proceed
        /// The group does not go through.
        case groupFailed(MoveReason)
        /// All others of a failed group came to rest; whether SAs of it ended.
        case groupSettled(anyEnded: Bool)
        case deadlinePassed
    }

    package mutating func handle(_ input: Input) -> [MoveAction] {
        let before = state
        let actions: [MoveAction]
        if case .groupFailed(let reason) = input { groupFailure = groupFailure ?? reason }
        (state, actions) = transition(before, input)
        let repeated = input == .deadlinePassed && state == before
        guard repeated || (state != before && !state.awaitsRest(of: before)) else { return actions }
        attempts = repeated ? attempts + 1 : 0
        return entering(actions)
    }

    /// What a state sends goes out after its record, and before its owner drops the machine.
    private func entering(_ actions: [MoveAction]) -> [MoveAction] {
        let last = actions.last == .finish ? [MoveAction.finish] : []
        return actions.dropLast(last.count) + entry(state) + [.setDeadline(deadline(state))] + last
    }
}

extension SourceMove.State {
    /// Whether it differs from another state only in that one of two parties has answered: the other was asked then, and
    /// is asked again when its time has passed.
    fileprivate func awaitsRest(of before: Self) -> Bool {
        if case (.redirecting(_, let waited), .redirecting(_, let waiting)) = (before, self) {
            return waited == waiting
        }
        if case (.releasing, .releasing) = (before, self) { return true }
        return false
    }
}
