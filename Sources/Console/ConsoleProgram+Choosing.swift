import ContextTransfer
import GatewayAPI
import Terminal

extension ConsoleProgram {
    /// The move that an act is about: the one that was named or is visibly selected, else the only one there is for it.
    ///
    /// Never another one than was meant: where that is not clear there is none, with what to say about it.
    func choice(for act: MoveAct, named: MergedMove? = nil) -> (move: MergedMove?, refusal: String) {
        if let named { return act.concerns(named) ? (named, "") : (nil, act.refusal(named)) }
        if let pointed = pointedMove {
            guard let merged = fleet.move(pointed) else {
                return (nil, "no gateway tells of move \(MoveWords.short(pointed)) any more")
            }
            return act.concerns(merged) ? (merged, "") : (nil, act.refusal(merged) + chooseOther(act))
        }
        let candidates = fleet.moves.filter(act.concerns)
        // What is decided about one of a group is decided about all; an approval of one of a drain, too.
        let groups = Set(
            candidates.map { $0.move.group ?? (act == .approve ? $0.move.drain : nil) ?? $0.move.id })
        guard groups.count <= 1 else { return (nil, act.several(candidates.count)) }
        return (candidates.first, act.nothing)
    }

    /// The move that is selected where one can see it: in a list of moves, as the open one, or as the one that moves
    /// the selected SA.
    private var pointedMove: MoveID? {
        switch view {
        case .dashboard:
            let isSeen = pane == .moves || DashboardLayout(ScreenLayout(size).body).extent != .single
            return isSeen ? openMove?.move.id : nil
        case .associations: return associations.selected.flatMap { shown.association($0)?.reported.moving }
        case .moves where isDrainFocused:
            guard case .underWay(let move)? = drained.selected.flatMap({ shown.drained?[$0]?.standing }) else {
                return nil
            }
            return move
        case .moves: return openMove?.move.id
        case .gateways, .policies, .paths, .log: return nil
        }
    }

    private func chooseOther(_ act: MoveAct) -> String {
        fleet.moves.contains(where: act.concerns) ? "; press 5 for another" : ""
    }
}
