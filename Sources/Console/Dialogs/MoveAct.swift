import ContextTransfer
import GatewayAPI

/// What a key does to a move: which moves it can be done to, and what is said where it cannot.
enum MoveAct {
    /// To decide about one that waits for an operator.
    case approve
    /// To stop one.
    case abort
    /// To let a stepping one enter its next phase.
    case proceed

    /// Whether it is a move for it; why not in detail is the business of the act itself.
    func concerns(_ merged: MergedMove) -> Bool {
        switch self {
        case .approve: merged.waitsForApproval
        case .abort: !merged.isOver
        case .proceed: if case .stepping = merged.move.state { true } else { false }
        }
    }

    /// Why it is not done to a move that was named or is selected.
    func refusal(_ merged: MergedMove) -> String {
        let name = "move \(MoveWords.short(merged.move.id))"
        switch self {
        case .approve: return "\(name) does not wait for approval: \(MoveWords.state(merged.move))"
        case .abort: return "\(name) cannot be aborted: it is over: \(MoveWords.state(merged.move))"
        case .proceed: return "\(name) does not wait for a key: \(MoveWords.state(merged.move))"
        }
    }

    /// What is said when there is no move for it.
    var nothing: String {
        switch self {
        case .approve: "no move waits for approval"
        case .abort: "there is no move to abort"
        case .proceed: "no move waits for a key"
        }
    }

    /// What is said when there are several, and none of them was meant.
    func several(_ count: Int) -> String {
        let choose = "press 5 and select one"
        switch self {
        case .approve: return "\(count) moves wait for approval: \(choose)"
        case .abort: return "\(count) moves are under way: \(choose)"
        case .proceed: return "\(count) moves wait for a key: \(choose)"
        }
    }
}
