import IPsec

/// The moves of one plane: the mapping of its gateways, and what follows from it for each unit.
struct PlanePlan {
    private let divergence: PathDivergence?
    private let plane: Plane
    private let network: Network
    private let mapping: GatewayMapping?
    private let spread: Spread?

    init(path: PlannedPath, network: Network, units: [MovingUnit], room: Room, spread: Spread? = nil) {
        (self.network, self.spread) = (network, spread)
        plane = path.path.plane
        guard case .known(let divergence) = path.location else {
            (self.divergence, mapping) = (nil, nil)
            return
        }
        self.divergence = divergence
        mapping = GatewayMapping(divergence, plane: plane, network: network, units: units, room: room)
    }

    /// Where a unit goes; what it takes of the room is taken.
    func outcome(of unit: MovingUnit, room: inout Room) -> UnitOutcome {
        guard let divergence, let mapping, let first = unit.members.first, !first.leaving.isEmpty else {
            return .stays(nil)
        }
        guard first.spec.origin != .static else { return .stays(.staticPolicy) }
        let ends = unit.leaving
        for end in ends where divergence.leaving[end] != spread?.from {
            if case .none(let reason) = mapping.choices[end] { return .conflict(reason) }
        }
        guard let targets = targets(for: unit, ends, mapping, divergence, room) else {
            return .conflict(obstacle(to: unit, ends, mapping, divergence, room))
        }
        let moves = zip(ends, targets).map { Relocation(from: divergence.leaving[$0], to: divergence.joining[$1]) }
        let relocations = moves.filter { $0.from != $0.to }
        guard !relocations.isEmpty else { return .stays(.onBothPaths(moves.map(\.from), plane)) }
        if let stuck = unit.members.first(where: { $0.spec.obstacle != nil }) {
            return .conflict(.goesWithObstructed(stuck.spec.name))
        }
        for relocation in relocations { room.take(unit.count, at: relocation.to) }
        return .moves(relocations)
    }

    /// The mapped targets where they fit, otherwise the next ones that do (draft section 6.4: a new candidate).
    private func targets(
        for unit: MovingUnit, _ ends: [Int], _ mapping: GatewayMapping, _ divergence: PathDivergence, _ room: Room
    ) -> [Int]? {
        let fitting = ends.map { end in
            candidates(for: end, of: unit, mapping, divergence, room).filter {
                fits(unit, from: end, at: $0, divergence, room)
            }
        }
        if fitting.count == 1 { return fitting[0].first.map { [$0] } }
        let ordered = ends.allSatisfy { mapping.choices[$0] == .free && divergence.leaving[$0] != spread?.from }
        for first in fitting[0] {
            for second in fitting[1] where first != second && (first < second || !ordered) { return [first, second] }
        }
        return nil
    }

    /// Where the SAs of one gateway may go, the best first: as mapped, then along the path, NR last.
    private func candidates(
        for end: Int, of unit: MovingUnit, _ mapping: GatewayMapping, _ divergence: PathDivergence, _ room: Room
    ) -> [Int] {
        if let spread, spread.from == divergence.leaving[end] {
            return spread.candidates(for: unit.count, on: divergence, network, room)
        }
        if let only = mapping.choices[end].only { return [only] }
        let takers = divergence.joining.indices.filter { index in
            network.node(divergence.joining[index])?.role.takesAssociations ?? false
        }
        let mapped = mapping.targets[end].map { [$0] } ?? []
        return mapped + (takers.filter { $0 > 0 } + takers.filter { $0 == 0 }).filter { !mapped.contains($0) }
    }

    private func fits(
        _ unit: MovingUnit, from end: Int, at target: Int, _ divergence: PathDivergence, _ room: Room
    ) -> Bool {
        let name = divergence.joining[target]
        // What is there already stays there, whatever the node is said to support.
        guard divergence.leaving[end] != name else { return true }
        guard let node = network.node(name) else { return false }
        return unit.suite(missingAt: node) == nil && room.has(unit.count, at: name)
    }

    /// Why there is no target for a unit: the first thing that an operator would change.
    private func obstacle(
        to unit: MovingUnit, _ ends: [Int], _ mapping: GatewayMapping, _ divergence: PathDivergence, _ room: Room
    ) -> PlanReason {
        for end in ends {
            let candidates = candidates(for: end, of: unit, mapping, divergence, room)
            if candidates.contains(where: { fits(unit, from: end, at: $0, divergence, room) }) { continue }
            let nodes = candidates.compactMap { network.node(divergence.joining[$0]) }
            let missing = nodes.compactMap { unit.suite(missingAt: $0) }
            if let suite = missing.first, missing.count == nodes.count {
                return nodes.count == 1
                    ? .unsupported(suite, by: nodes[0].name)
                    : .unsupportedByAll(suite, from: divergence.leaving[end], plane)
            }
            if let full = nodes.first(where: { unit.suite(missingAt: $0) == nil }) {
                return .full(full.name, capacity: full.capabilities.capacity ?? 0)
            }
            return .noCandidate(divergence.leaving[end], plane)
        }
        let shared = ends.compactMap { mapping.targets[$0] }.first ?? 0
        return .bothEnds(at: divergence.joining[shared])
    }
}
