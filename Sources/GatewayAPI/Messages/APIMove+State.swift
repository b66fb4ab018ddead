import ContextTransfer

extension APIMove {
    /// Where the move stands, which takes several fields.
    var standing: MoveState {
        get throws(MessageError) {
            switch state {
            case .queued: .queued
            case .running: .running
            case .awaitingApproval: .awaitingApproval(try missing)
            case .stepping: .stepping(before: try nextPhase.model("next_phase"))
            case .settling: .settling
            case .finished: .finished(try end)
            case .unspecified, .UNRECOGNIZED: throw .unknownWord(field: "state", number: state.rawValue)
            }
        }
    }

    /// Fills in the fields that say where the move stands.
    mutating func setStanding(_ standing: MoveState) {
        switch standing {
        case .queued: state = .queued
        case .running: state = .running
        case .awaitingApproval(let missing):
            state = .awaitingApproval
            approvalsMissing = missing.sorted { $0.rawValue < $1.rawValue }.map { APIMoveRole($0) }
        case .stepping(let phase):
            (state, nextPhase) = (.stepping, APIMovePhase(phase))
        case .settling: state = .settling
        case .finished(let end):
            state = .finished
            outcome = APIMoveOutcome(end)
            if let why = end.reason { reason = APIReason(why) }
        }
    }

    private var missing: Set<MoveRole> {
        get throws(MessageError) {
            var roles: Set<MoveRole> = []
            for role in approvalsMissing { roles.insert(try role.model("approvals_missing")) }
            return roles
        }
    }

    private var end: MoveOutcome {
        get throws(MessageError) { try outcome.model(hasReason ? try reason.model : nil) }
    }
}
