import ContextTransfer
import ForwardingPath
import GatewayAPI

/// Where the SAs of an arc go: by their moves, or by the paths where these leave no choice.
enum PathArcTargets: Hashable {
    /// Nowhere, or nobody can tell.
    case none
    /// To all of these: one for each end that moves.
    case all([String])
    /// Where a plan says, which knows the operator's mapping and what each gateway can take.
    case byPlan
    /// They are on the new path already.
    case reached

    /// The takers of the move that has hold of an SA, and of those of its group.
    init(of move: MergedMove, in fleet: Fleet) {
        let (group, names) = (move.move.group, Set(move.move.names))
        let takers = fleet.moves.filter { other in
            // The other end of the same SAs is moved by the same group.
            other.move.id == move.move.id
                || group != nil && other.move.group == group && Set(other.move.names) == names
        }
        self = .all(Set(takers.map(\.move.route.taker.text)).sorted())
    }

    /// What the paths say of an SA of some type between two nodes, which is a user's or stays.
    init(
        of type: SAType?, isUsers: Bool, from near: String, to far: String, at holder: String, _ path: PathPair,
        _ fleet: Fleet
    ) {
        self = .none
        guard case .known(let divergence) = GatewayLocation(of: path) else { return }
        guard let type else {
            let isThere = NodeName(holder).map(divergence.joining.contains) ?? false
            if isThere { self = .reached }
            return
        }
        guard type.rawValue >= 3, isUsers else { return }
        let ends = [near, far].compactMap { NodeName($0) }.filter(divergence.leaving.contains)
        guard !ends.isEmpty else { return }
        // Of a node that no gateway here tells of it is not known that it takes none.
        let candidates = divergence.joining.filter { fleet.takesAssociations($0) != false }
        guard let first = candidates.first else { return }
        let isCertain = ends.count == 1 && candidates.count == 1 && fleet.takesAssociations(first) == true
        self = isCertain ? .all([first.text]) : .byPlan
    }
}
