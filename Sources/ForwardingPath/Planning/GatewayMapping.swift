/// Which gateway of the new path takes the SAs of each one of the previous path (DESIGN section 3).
///
/// PR maps to NR, the others in the same order by capability, NR itself last. What the network file says wins; a node
/// that is before G on both paths keeps its SAs.
struct GatewayMapping {
    /// For each node in [PR, G) where its SAs may go.
    let choices: [TargetChoice]
    /// For each node in [PR, G) the place in [NR, G) that was found; `nil` where there is none.
    let targets: [Int?]

    init(_ divergence: PathDivergence, plane: Plane, network: Network, units: [MovingUnit], room: Room) {
        let joining = divergence.joining.map { network.node($0) }
        let takers = joining.indices.filter { joining[$0]?.role.takesAssociations ?? false }
        let rules = MappingRules(divergence: divergence, plane: plane, network: network, hasTakers: !takers.isEmpty)
        let choices = divergence.leaving.indices.map { rules.choice(for: $0) }
        let demand = MappingDemand(units: units, leaving: divergence.leaving.count, joining: joining)

        func problem(_ members: [Int]) -> MappingProblem {
            let place = Dictionary(uniqueKeysWithValues: members.enumerated().map { ($1, $0) })
            return MappingProblem(
                sources: members.map { index in
                    MappingProblem.Source(
                        allowed: choices[index].only.map { [$0] } ?? Set(takers), misfits: demand.misfits[index],
                        load: demand.load[index], isPreviousRouter: index == 0)
                },
                room: joining.map { $0.flatMap { room.left(at: $0.name) } },
                pairs: demand.pairs.compactMap { pair in
                    guard let first = place[pair.first], let second = place[pair.second] else { return nil }
                    return (first, second, pair.count)
                })
        }

        let involved = divergence.leaving.indices.filter { index in
            if case .none = choices[index] { return false }
            let takes = network.node(divergence.leaving[index])?.role.takesAssociations ?? false
            return takes || demand.load[index] > 0
        }
        let automatic = involved.filter { choices[$0] == .free }
        var targets = choices.map(\.only)
        // An operator's mapping may break the order; the others then keep theirs among themselves.
        for members in [involved, automatic] {
            guard let solution = problem(members).solution() else { continue }
            for (index, target) in zip(members, solution) { targets[index] = target }
            break
        }
        self.choices = choices
        self.targets = targets
    }
}
