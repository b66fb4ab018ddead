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
        let sort: Sort
        let targets: PathArcTargets
        let isOneSided: Bool
    }

    /// What is alike of SAs whose arcs go to the same places.
    private struct Sort: Hashable {
        let near, far, holder: String
        let type: SAType?
        let isUsers, isMoving, isStale: Bool
    }

    /// What tells where an SA goes, and is looked up once.
    private struct Course: Hashable {
        let sort: Sort
        let moving: MoveID?
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
        let order = places(merged)
        // Who stands where the first node does, where there are several.
        let seats = merged.seats
        // The gateways' own word comes first, that of the mobile node only fills in.
        let tellers =
            fleet.gateways.filter { $0.description?.role != .mobileNode }
            + fleet.gateways.filter { $0.description?.role == .mobileNode }
        var groups: [Group: PathArc] = [:]
        var targets: [Course: PathArcTargets] = [:]
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
                let move = reported.moving.flatMap { fleet.move($0) }.flatMap { $0.isOver ? nil : $0 }
                let sort = Sort(
                    near: near, far: far, holder: teller.name, type: reported.type, isUsers: !reported.user.isEmpty,
                    isMoving: move != nil, isStale: teller.isStale)
                let course = Course(sort: sort, moving: move?.move.id)
                let goal =
                    targets[course] ?? move.map { PathArcTargets(of: $0, in: fleet) }
                    ?? PathArcTargets(
                        of: reported.type, isUsers: sort.isUsers, from: near, to: far, at: teller.name, merged.path,
                        fleet)
                targets[course] = goal
                let group = Group(sort: sort, targets: goal, isOneSided: isOneSided(reported, at: teller, fleet))
                if groups[group] == nil {
                    groups[group] = PathArc(
                        near: seats[near] ?? near, far: far, holder: teller.name, owner: seats[near] == nil ? "" : near,
                        type: reported.type, firstNames: [], count: 0, targets: goal, isMoving: sort.isMoving,
                        isOneSided: group.isOneSided, isStale: sort.isStale)
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
    private static func places(_ merged: MergedPath) -> [String: Int] {
        let path = merged.path
        let previous = path.previous.enumerated().map { ($1.text, $0 * 2) }
        let next = (path.next ?? []).enumerated().map { ($1.text, $0 * 2 + 1) }
        return Dictionary(previous + next + merged.reported.beside.map { ($0.text, 0) }) { first, _ in first }
    }
}
