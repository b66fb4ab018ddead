import ForwardingPath
package import GatewayAPI
import IPsec

/// What changed at a gateway from one snapshot to the next.
package enum SnapshotDifference {
    /// The changes in an order in which they can be carried out one by one.
    ///
    /// - Parameter traffic: whether counters of SAs that are otherwise the same are among them.
    package static func changes(
        from old: GatewaySnapshot, to new: GatewaySnapshot, traffic: Bool
    ) -> [GatewayChange.Kind] {
        associations(old.associations, new.associations, traffic: traffic) + policies(old.policies, new.policies)
            + paths(old.paths, new.paths) + moves(old.moves, new.moves) + events(old.events, new.events)
            + (old.stack == new.stack ? [] : [.stack(new.stack)])
            + (old.drain == new.drain ? [] : new.drain.map { [.drain($0)] } ?? [])
    }

    private static func associations(
        _ old: [ReportedAssociation], _ new: [ReportedAssociation], traffic: Bool
    ) -> [GatewayChange.Kind] {
        let before = Dictionary(old.map { ($0.identifier, $0) }) { first, _ in first }
        let left = Set(new.map(\.identifier))
        return old.filter { !left.contains($0.identifier) }.map { .associationRemoved($0.identifier) }
            + new.compactMap { association in
                guard let earlier = before[association.identifier] else { return .association(association) }
                guard earlier.withoutAges != association.withoutAges else { return nil }
                var same = earlier
                same.traffic = association.traffic
                guard same == association else { return .association(association) }
                return traffic ? .traffic(association.identifier, association.traffic) : nil
            }
    }

    private static func policies(_ old: [Policy], _ new: [Policy]) -> [GatewayChange.Kind] {
        guard old != new else { return [] }
        let before = Dictionary(old.map { ($0.name, $0) }) { first, _ in first }
        let left = Set(new.map(\.name))
        let kept = old.filter { left.contains($0.name) }
        var changes: [GatewayChange.Kind] = old.filter { !left.contains($0.name) }.map { .policyRemoved($0.name) }
        // Where the order of those that stay is another, all are told again, the last one first.
        let keepsOrder = kept.map(\.name) == new.filter { before[$0.name] != nil }.map(\.name)
        for index in new.indices.reversed() where !keepsOrder || before[new[index].name] != new[index] {
            changes.append(.policy(new[index], before: index + 1 < new.count ? new[index + 1].name : nil))
        }
        return changes
    }

    private static func paths(_ old: [ReportedPath], _ new: [ReportedPath]) -> [GatewayChange.Kind] {
        let planes = new.map(\.path.plane)
        return old.filter { !planes.contains($0.path.plane) }.map { .pathRemoved($0.path.plane) }
            + new.filter { !old.contains($0) }.map { .path($0) }
    }

    private static func moves(_ old: [ReportedMove], _ new: [ReportedMove]) -> [GatewayChange.Kind] {
        let before = Dictionary(old.map { ($0.id, $0) }) { first, _ in first }
        return new.filter { before[$0.id] != $0 }.map { .move($0) }
    }

    private static func events(_ old: [ReportedEvent], _ new: [ReportedEvent]) -> [GatewayChange.Kind] {
        let last = old.last?.number ?? 0
        return new.filter { $0.number > last }.map { .event($0) }
    }
}

extension ReportedAssociation {
    /// Without what only passes with time: who was told of it once can count on from there.
    fileprivate var withoutAges: ReportedAssociation {
        var association = self
        association.traffic.use.age = .zero
        association.traffic.pathMTU?.age = .zero
        return association
    }
}
