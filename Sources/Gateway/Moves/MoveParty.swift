import ContextTransfer
import IPsec

/// One party of a move while its task runs: the machine, and what its owner keeps beside it.
struct MoveParty {
    let key: MovePartyKey
    let move: MoveDescription
    let requestedBy: String
    /// The group that the move is a part of, where this party leads it.
    let group: MoveID?
    private(set) var machine: MoveMachine
    /// The number of the deadline that counts; earlier ones were replaced.
    var deadline = 0
    /// Why the move does not go through, as far as the party was told.
    private var reason: MoveReason?
    private var told: MoveStanding
    private var knowsOffer: Bool
    /// Whether the previous router knows that the SAs are in force here.
    private var isReleased: Bool
    /// Since when the SAs have been out of service, beside the time that was told with them.
    private var pauseStart: ContinuousClock.Instant?

    init(
        key: MovePartyKey, move: MoveDescription, machine: MoveMachine, by requestedBy: String, group: MoveID? = nil,
        isReleased: Bool = false
    ) {
        self.group = group
        (self.key, self.move, self.machine, self.requestedBy) = (key, move, machine, requestedBy)
        self.isReleased = isReleased
        told = machine.standing(nil)
        knowsOffer = !requestedBy.isEmpty
        told = standing
    }

    /// Where the move stands for this party.
    private var standing: MoveStanding {
        let standing = machine.standing(reason)
        // The taker's machine stays ready to answer, and has nothing more to do.
        return isReleased && standing == .working ? .over(.completed) : standing
    }

    /// Whether the party has nothing more to do.
    var isDone: Bool {
        switch standing {
        case .over, .forgotten: true
        case .asking, .working, .awaitingApproval, .gathering, .stepping, .unanswered, .settling: false
        }
    }

    /// Whether it leads the move, and has the others forget it before any SA left its gateway.
    var leavesNothing: Bool {
        if case .source(let machine) = machine, case .cancelling = machine.state { true } else { false }
    }

    /// The record was made durable.
    mutating func wrote(_ record: MoveRecord) { if record == .released { isReleased = true } }

    /// Whether the party wrote that record last.
    func hasWritten(_ record: MoveRecord) -> Bool { record == .released && isReleased }

    /// The action with the time that the SAs have been out of service: the pause counts in their lifetimes.
    mutating func timed(_ action: MoveAction) -> MoveAction {
        switch action {
        case .quiesce:
            pauseStart = .now
            return action
        case .send(.transfer(let dynamics, let elapsed), let receiver) where key.role != .target:
            return .send(.transfer(dynamics, elapsed: elapsed + pause), to: receiver)
        case .install(let contexts, let dynamics, let elapsed):
            return .install(contexts, dynamics, elapsed: elapsed + pause)
        default: return action
        }
    }

    private var pause: Duration { pauseStart.map { .now - $0 } ?? .zero }

    /// The input as the machine takes it; `nil` when it is not, or no longer, for this party.
    func taking(_ input: MovePartyInput) -> MovePartyInput? {
        switch input {
        case .deadline(let number): number == deadline ? input : nil
        case .associationsChanged(let changed, let reason):
            changed.isDisjoint(with: machine.identifiers) ? nil : .associationsChanged(changed, reason)
        case .start, .received, .approved, .denied, .abort, .proceed, .groupFailed, .groupSettled, .read, .quiesced,
            .resumed, .removed, .checked, .held, .installed, .redirected, .updated, .failed, .ended:
            input
        }
    }

    mutating func handle(_ input: MovePartyInput) -> [MoveAction] {
        if case .received(.transfer) = input { pauseStart = pauseStart ?? .now }
        reason = input.reason ?? reason
        return machine.handle(input)
    }

    /// What the input told of the SAs, the first time.
    mutating func takeOffer(_ input: MovePartyInput) -> MoveEvent.Kind? {
        guard !knowsOffer else { return nil }
        switch input {
        case .received(.query(let offer)):
            knowsOffer = true
            return .about(offer.names, requestedBy: offer.requestedBy, group: offer.group, drain: offer.drain)
        case .read(let contexts):
            knowsOffer = true
            return .about(contexts.associations.map(\.offer.label), requestedBy: "")
        default: return nil
        }
    }

    /// Where the move stands, when it stands differently than it was told last.
    mutating func takeStanding() -> MoveStanding? {
        let standing = standing
        guard standing != told else { return nil }
        told = standing
        return standing
    }

    /// What is written down with a record.
    func note(_ record: MoveRecord) -> MoveNote {
        MoveNote(
            key: key, move: move, record: record, identifiers: machine.identifiers, updates: machine.updates,
            requestedBy: requestedBy, group: group, endsByUse: machine.endsByUse)
    }
}
