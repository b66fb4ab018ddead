import ContextTransfer

/// The machine of one party, whichever it is.
enum MoveMachine: Sendable {
    case source(SourceMove)
    case holder(HolderMove)
    case target(TargetMove)
    case taker(TakerMove)
    case mobile(MobileMove)

    /// Gives the machine an input; one that is not for it changes nothing.
    mutating func handle(_ input: MovePartyInput) -> [MoveAction] {
        switch self {
        case .source(var machine):
            guard let input = Self.source(input) else { return [] }
            defer { self = .source(machine) }
            return machine.handle(input)
        case .holder(var machine):
            guard let input = Self.holder(input) else { return [] }
            defer { self = .holder(machine) }
            return machine.handle(input)
        case .target(var machine):
            guard let input = Self.target(input) else { return [] }
            defer { self = .target(machine) }
            return machine.handle(input)
        case .taker(var machine):
            guard let input = Self.taker(input) else { return [] }
            defer { self = .taker(machine) }
            return machine.handle(input)
        case .mobile(var machine):
            guard let input = Self.mobile(input) else { return [] }
            defer { self = .mobile(machine) }
            return machine.handle(input)
        }
    }

    private static func source(_ input: MovePartyInput) -> SourceMove.Input? {
        switch input {
        case .start: .start
        case .received(let message): .received(message)
        case .approved: .approved
        case .denied(let by): .denied(by: by)
        case .abort(let by): .abort(by: by)
        case .proceed: .proceed
        case .groupFailed(let reason): .groupFailed(reason)
        case .groupSettled(let anyEnded): .groupSettled(anyEnded: anyEnded)
        case .deadline: .deadlinePassed
        case .associationsChanged, .read, .quiesced, .resumed, .removed, .checked, .held, .installed, .redirected,
            .updated,
            .failed, .ended:
            nil
        }
    }

    private static func holder(_ input: MovePartyInput) -> HolderMove.Input? {
        switch input {
        case .start: .start
        case .received(let message): .received(message)
        case .associationsChanged(_, let reason): .associationChanged(reason)
        case .deadline: .deadlinePassed
        case .read(let contexts): .read(contexts)
        case .quiesced(let dynamics): .quiesced(dynamics)
        case .resumed: .resumed
        case .removed: .removed
        case .failed(let reason): .failed(reason)
        case .approved, .denied, .abort, .proceed, .groupFailed, .groupSettled, .checked, .held, .installed,
            .redirected,
            .updated, .ended:
            nil
        }
    }

    private static func target(_ input: MovePartyInput) -> TargetMove.Input? {
        switch input {
        case .received(let message): .received(message)
        case .approved(let by): .approved(by: by)
        case .denied(let by): .denied(by: by)
        case .deadline: .deadlinePassed
        case .start, .abort, .proceed, .groupFailed, .groupSettled, .associationsChanged, .read, .quiesced,
            .resumed, .removed, .checked, .held, .installed, .redirected, .updated, .failed, .ended:
            nil
        }
    }

    private static func taker(_ input: MovePartyInput) -> TakerMove.Input? {
        switch input {
        case .received(let message): .received(message)
        case .deadline: .deadlinePassed
        case .removed: .removed
        case .checked(let verdicts): .checked(verdicts)
        case .held: .held
        case .installed: .installed
        case .redirected: .redirected
        case .failed(let reason): .failed(reason)
        case .ended: .ended
        case .start, .approved, .denied, .abort, .proceed, .groupFailed, .groupSettled, .associationsChanged, .read,
            .quiesced, .resumed, .updated:
            nil
        }
    }

    private static func mobile(_ input: MovePartyInput) -> MobileMove.Input? {
        switch input {
        case .received(let message): .received(message)
        case .updated: .updated
        case .failed(let reason): .failed(reason)
        case .start, .approved, .denied, .abort, .proceed, .groupFailed, .groupSettled, .associationsChanged,
            .deadline, .read, .quiesced, .resumed, .removed, .checked, .held, .installed, .redirected, .ended:
            nil
        }
    }
}
