import ContextTransfer
import IPsec

/// One party of a move while its task runs: the machine, and what its owner keeps beside it.
struct MoveParty {
    let key: MovePartyKey
    let move: MoveDescription
    let requestedBy: String
    private(set) var machine: MoveMachine
    /// The number of the deadline that counts; earlier ones were replaced.
    var deadline = 0
    /// Why the move does not go through, as far as the party was told.
    private var reason: MoveReason?
    private var told: MoveStanding
    private var knowsOffer: Bool
    private var isFinished = false

    init(key: MovePartyKey, move: MoveDescription, machine: MoveMachine, by requestedBy: String) {
        (self.key, self.move, self.machine, self.requestedBy) = (key, move, machine, requestedBy)
        told = machine.standing(nil)
        knowsOffer = !requestedBy.isEmpty
    }

    /// The input as the machine takes it; `nil` when it is not, or no longer, for this party.
    func taking(_ input: MovePartyInput) -> MovePartyInput? {
        switch input {
        case .deadline(let number): number == deadline ? input : nil
        case .associationsChanged(let changed, let reason):
            changed.isDisjoint(with: machine.identifiers) ? nil : .associationsChanged(changed, reason)
        case .start, .received, .approved, .denied, .abort, .proceed, .read, .quiesced, .resumed, .removed, .checked,
            .installed, .redirected, .failed:
            input
        }
    }

    mutating func handle(_ input: MovePartyInput) -> [MoveAction] {
        reason = input.reason ?? reason
        return machine.handle(input)
    }

    /// What the input told of the SAs, the first time.
    mutating func takeOffer(_ input: MovePartyInput) -> MoveEvent.Kind? {
        guard !knowsOffer else { return nil }
        switch input {
        case .received(.query(let offer)):
            knowsOffer = true
            return .about(offer.names, requestedBy: offer.requestedBy)
        case .read(let contexts):
            knowsOffer = true
            return .about(contexts.associations.map(\.offer.label), requestedBy: "")
        default: return nil
        }
    }

    /// The machine is done.
    mutating func finish() { isFinished = true }

    /// Where the move stands, when it stands differently than it was told last.
    mutating func takeStanding() -> MoveStanding? {
        var standing = machine.standing(reason)
        // A taker's machine stays in `installed`: it is over once the previous router knows.
        if isFinished, standing == .working { standing = .over(.completed) }
        guard standing != told else { return nil }
        told = standing
        return standing
    }

    /// What is written down with a record.
    func note(_ record: MoveRecord) -> MoveNote {
        MoveNote(key: key, move: move, record: record, identifiers: machine.identifiers, requestedBy: requestedBy)
    }
}
