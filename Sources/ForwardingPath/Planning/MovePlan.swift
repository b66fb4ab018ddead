/// What happens to every SA when the paths change: the answer before anything moves (draft section 5).
package struct MovePlan: Hashable, Sendable {
    /// In the order of the network.
    package let paths: [PlannedPath]
    /// In the order that they were given in.
    package let associations: [PlannedAssociation]

    /// Classifies SAs, maps their gateways to the new paths and finds the conflicts.
    ///
    /// An operator's wish to move from one gateway to another is an entry of the network's `mappings`.
    ///
    /// - Parameter spread: a gateway that is drained; its SAs then go where there is room, whatever the mapping.
    package static func make(
        network: Network, associations: [AssociationSpec], spread: Spread? = nil
    ) -> MovePlan {
        let paths = network.paths.map(PlannedPath.init)
        let classified = associations.map { association in
            let path = paths.first { $0.path.plane == association.plane }
            var seated = association
            (seated.from, seated.to) = (network.seat(of: association.from), network.seat(of: association.to))
            return ClassifiedAssociation(seated, on: path)
        }
        let groups = AssociationGroup.groups(of: associations)
        var room = Room(network: network, associations: associations)
        var planned = [PlannedAssociation?](repeating: nil, count: associations.count)
        for path in paths {
            let own = groups.filter { associations[$0.members[0]].plane == path.path.plane }
            let units = own.map { MovingUnit(members: $0.members.map { classified[$0] }) }
            let plan = PlanePlan(path: path, network: network, units: units, room: room, spread: spread)
            for (group, unit) in zip(own, units) {
                let outcome = plan.outcome(of: unit, room: &room)
                for index in group.members {
                    planned[index] = outcome.planned(classified[index], group: group.name(in: associations))
                }
            }
        }
        let all = associations.indices.map { index in
            planned[index] ?? UnitOutcome.stays(nil).planned(classified[index], group: nil)
        }
        return MovePlan(paths: paths, associations: all)
    }

    /// What is planned for the SA of that name.
    package subscript(name: String) -> PlannedAssociation? { associations.first { $0.name == name } }

    /// The SAs that move.
    package var moving: [PlannedAssociation] { associations.filter { $0.action == .move } }
}
