import ContextTransfer

extension APIMoveOutcome {
    /// The word for how a move ended.
    init(_ end: MoveOutcome) {
        self =
            switch end {
            case .completed: .completed
            case .refused: .refused
            case .aborted: .aborted
            case .failed: .failed
            case .ended: .ended
            }
    }

    /// How a move ended, for that reason; throws where it needs one, and for no outcome at all.
    func model(_ reason: MoveReason?) throws(MessageError) -> MoveOutcome {
        if self == .completed { return .completed }
        guard let reason else { throw .missing(field: "reason") }
        switch self {
        case .completed: return .completed
        case .refused: return .refused(reason)
        case .aborted: return .aborted(reason)
        case .failed: return .failed(reason)
        case .ended: return .ended(reason)
        case .unspecified, .UNRECOGNIZED: throw .unknownWord(field: "outcome", number: rawValue)
        }
    }
}
