import ContextTransfer
import ForwardingPath
import GatewayAPI

/// Where the SAs of an arc go: by their moves, or by the paths as far as these leave no choice, or say between which.
enum PathArcTargets: Hashable {
    /// Nowhere, or nobody can tell.
    case none
    /// To all of these: one for each end that moves.
    case all([String])
    /// To one of these, which a plan finds out.
    case oneOf([String])
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

    /// What the paths say of an SA of some type between two nodes.
    init(of type: SAType?, from near: String, to far: String, at holder: String, _ path: PathPair, _ fleet: Fleet) {
        self = .none
        guard case .known(let divergence) = GatewayLocation(of: path) else { return }
        guard let type else {
            let isThere = NodeName(holder).map(divergence.joining.contains) ?? false
            if isThere { self = .reached }
            return
        }
        guard type.rawValue >= 3 else { return }
        let ends = [near, far].compactMap { NodeName($0) }.filter(divergence.leaving.contains)
        let others = divergence.joining.dropFirst().filter { fleet.takesAssociations($0) }.map(\.text)
        // The new router stands for the previous one; the others are chosen among, in their order.
        let router = divergence.joining.first?.text
        let isRouters = ends.contains { $0 == divergence.leaving.first }
        switch (isRouters, ends.count) {
        case (true, 1): if let router { self = .all([router]) }
        case (true, _): if let router { self = others.count == 1 ? .all([router] + others) : .all([router]) }
        case (false, 1): if !others.isEmpty { self = others.count == 1 ? .all(others) : .oneOf(others) }
        case (false, _): if others.count == ends.count { self = .all(others) }
        }
    }
}
