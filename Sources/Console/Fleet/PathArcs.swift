import ContextTransfer
import ForwardingPath
import GatewayAPI
import IPsec

/// The arcs under the paths of one plane: made anew only when SAs, paths or moves have changed.
struct PathArcs {
    /// In the order of the path.
    private(set) var arcs: [PathArc] = []
    private var seen: Seen?

    private struct Seen: Equatable {
        let revision: Int
        let plane: Plane?
    }

    /// What makes SAs one arc.
    private struct Group: Hashable {
        let near, far, holder: String
        let type: SAType?
        let moving: MoveID?
        let isStale: Bool
    }

    /// An SA is told by both of its ends and drawn once.
    private struct Sighting: Hashable {
        let identifier: SAIdentifier
        let near, far: String
    }

    /// Takes in what changed.
    mutating func refresh(_ fleet: Fleet, _ merged: MergedPath?) {
        let revisions = fleet.revisions
        let revision = revisions.associations + revisions.paths + revisions.moves + revisions.gateways
        let current = Seen(revision: revision, plane: merged?.path.plane)
        guard current != seen else { return }
        seen = current
        arcs = merged.map { Self.arcs(fleet, $0) } ?? []
    }

    private static func arcs(_ fleet: Fleet, _ merged: MergedPath) -> [PathArc] {
        let order = places(merged.path)
        // The gateways' own word comes first, that of the mobile node only fills in.
        let tellers =
            fleet.gateways.filter { $0.description?.role != .mobileNode }
            + fleet.gateways.filter { $0.description?.role == .mobileNode }
        var groups: [Group: PathArc] = [:]
        var sightings: Set<Sighting> = []
        // What gateways have: after its address moved a mobile node does not know where its SA's other end is.
        var atGateways: Set<SAIdentifier> = []
        for teller in tellers {
            let isMobileNode = teller.description?.role == .mobileNode
            for identifier in teller.associations.identifiers {
                guard let reported = teller.associations[identifier]?.reported, reported.phase != .ended,
                    reported.plane == merged.path.plane
                else { continue }
                if isMobileNode, atGateways.contains(identifier) { continue }
                if !isMobileNode { atGateways.insert(identifier) }
                let peer = reported.peerName
                let isFirst = (order[teller.name] ?? .max, teller.name) <= (order[peer] ?? .max, peer)
                let (near, far) = isFirst ? (teller.name, peer) : (peer, teller.name)
                guard sightings.insert(Sighting(identifier: identifier, near: near, far: far)).inserted else {
                    continue
                }
                let group = Group(
                    near: near, far: far, holder: teller.name, type: reported.type, moving: reported.moving,
                    isStale: teller.isStale)
                if groups[group] == nil {
                    groups[group] = PathArc(
                        near: near, far: far, holder: teller.name, type: reported.type, firstNames: [], count: 0,
                        relocation: relocation(of: reported, at: teller.name, fleet, merged.path),
                        isMoving: reported.moving.flatMap { fleet.move($0) }.map { !$0.isOver } ?? false,
                        isOneSided: isOneSided(reported, at: teller, fleet), isStale: teller.isStale)
                }
                groups[group]?.count += 1
                if groups[group]?.firstNames.count ?? 3 < 3 { groups[group]?.firstNames.append(reported.name) }
            }
        }
        return groups.values.sorted { left, right in
            let (first, second) = (order[left.near] ?? .max, order[right.near] ?? .max)
            if first != second { return first < second }
            let (third, fourth) = (order[left.far] ?? .max, order[right.far] ?? .max)
            return third != fourth ? third < fourth : (left.far, left.names) < (right.far, right.names)
        }
    }

    /// Whether the mobile node has an SA that the gateway at its other end does not have.
    private static func isOneSided(_ reported: ReportedAssociation, at teller: GatewayMirror, _ fleet: Fleet) -> Bool {
        guard teller.description?.role == .mobileNode, let peer = reported.peer.flatMap({ fleet.gateway(of: $0) }),
            !peer.isStale
        else { return false }
        return peer.associations[reported.identifier] == nil
    }

    /// Nodes by their distance from MN.
    private static func places(_ path: PathPair) -> [String: Int] {
        let previous = path.previous.enumerated().map { ($1.text, $0 * 2) }
        let next = (path.next ?? []).enumerated().map { ($1.text, $0 * 2 + 1) }
        return Dictionary(previous + next) { first, _ in first }
    }

    /// Where an SA goes: by its move, or by the paths where they leave no choice.
    private static func relocation(
        of reported: ReportedAssociation, at holder: String, _ fleet: Fleet, _ path: PathPair
    ) -> Relocation? {
        if let move = reported.moving.flatMap({ fleet.move($0) }), !move.isOver {
            return Relocation(from: move.move.route.holder, to: move.move.route.taker)
        }
        guard let type = reported.type, type.rawValue >= 3, let node = NodeName(holder),
            case .known(let divergence) = GatewayLocation(of: path), let place = divergence.leaving.firstIndex(of: node)
        else { return nil }
        if place == 0 { return divergence.joining.first.map { Relocation(from: node, to: $0) } }
        let takers = divergence.joining.dropFirst()
        return takers.count == 1 ? takers.first.map { Relocation(from: node, to: $0) } : nil
    }
}
