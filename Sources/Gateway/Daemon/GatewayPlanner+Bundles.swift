package import ContextTransfer
package import ForwardingPath
import IPsec

/// Iterated tunnels of one user with ends at several gateways: where packets of one SA go through another one, both are a
/// bundle (draft section 5.3, RFC 2401 section 4.3), and a bundle moves whole or not at all. Only the previous router leads
/// moves at several gateways; another order leaves such SAs where they are.
extension GatewayPlanner {
    /// The other gateways that planned SAs leave as well, so that SAs of the same bundles may be there.
    package func gatewaysOfBundles(_ planned: [PlannedAssociation]) -> [NodeName] {
        guard network.node(node)?.role.takesAssociations == true else { return [] }
        let planes = Set(planned.filter(\.leaves).map(\.plane))
        return planes.reduce(into: Set<NodeName>()) { $0.formUnion(leaving(on: $1)) }.subtracting([node]).sorted()
    }

    /// Plans SAs of this gateway to stay that would leave a part of their bundle behind.
    ///
    /// - Parameters:
    ///   - known: the SAs of the plan, in its order.
    ///   - elsewhere: what the other gateways said they have; `nil` for one that did not answer.
    package func keepBundlesWhole(
        _ planned: inout [PlannedAssociation], _ known: [KnownAssociation],
        elsewhere: [(NodeName, [AssociationSummary]?)]
    ) {
        let others = leavingOthers(known, elsewhere)
        for unit in Self.units(planned) {
            let plane = planned[unit[0]].plane
            let companion = unit.lazy.compactMap { index in
                others[Owner(known[index], plane)]?.first { isNested($0, known[index], on: plane) }
            }.first
            guard let companion, let router = network.path(on: plane)?.previousRouter else { continue }
            for index in unit {
                (planned[index].action, planned[index].relocations) = (.conflict, [])
                planned[index].reason = .partsBundle(with: companion.name, at: companion.place, ask: router)
            }
        }
    }

    /// SAs with all that is of their bundles, wherever on the paths it is.
    package func bundles(of wanted: [KnownAssociation], in all: [KnownAssociation]) -> [KnownAssociation] {
        let planned = plan(all)
        var owners: [Owner: [[Int]]] = [:]
        for unit in Self.units(planned, where: \.wouldLeave) {
            owners[Owner(all[unit[0]], planned[unit[0]].plane), default: []].append(unit)
        }
        let named = Set(wanted.map(\.summary.offer.identifier))
        var chosen = Set(all.indices.filter { named.contains(all[$0].summary.offer.identifier) })
        for (owner, units) in owners where !owner.user.isEmpty {
            var rest = units
            while let place = rest.firstIndex(where: { unit in
                unit.contains { index in
                    chosen.contains(index)
                        || chosen.contains { isNested(all[index], all[$0], on: owner.plane, of: owner) }
                }
            }) {
                chosen.formUnion(rest.remove(at: place))
            }
        }
        return all.indices.filter(chosen.contains).map { all[$0] }
    }

    /// Says of SAs of bundles that no gateway can have them negotiated anew: each would part them.
    package func explainBundles(_ planned: inout [PlannedAssociation], _ known: [KnownAssociation]) {
        for index in planned.indices {
            guard case .spiNotNegotiated(let node, .atAnotherGateway(let place)) = planned[index].reason else {
                continue
            }
            let isBundle = known.contains {
                $0.place != place && $0.summary.user == known[index].summary.user
                    && isNested($0, known[index], on: planned[index].plane)
            }
            guard isBundle else { continue }
            planned[index].reason = .spiNotNegotiated(at: node, because: .partOfBundle)
        }
    }

    /// What could go wrong where gateways did not say which SAs they have.
    func risks(_ planned: PlannedAssociation, silent: [NodeName]) -> [String] {
        guard planned.leaves, !silent.isEmpty else { return [] }
        return leaving(on: planned.plane).filter(silent.contains).map {
            "\($0) did not say which SAs it has: whether some are of the same bundle, and would be left, is not known"
        }
    }

    /// What moves together, as places in a plan.
    private static func units(
        _ planned: [PlannedAssociation], where isMeant: (PlannedAssociation) -> Bool = \.leaves
    ) -> [[Int]] {
        Array(
            Dictionary(grouping: planned.indices.filter { isMeant(planned[$0]) }) { planned[$0].group ?? "\u{0}\($0)" }
                .values)
    }

    private func isNested(
        _ first: KnownAssociation, _ second: KnownAssociation, on plane: Plane, of owner: Owner
    ) -> Bool {
        second.summary.user == owner.user && self.plane(of: second) == plane && isNested(first, second, on: plane)
    }

    private struct Owner: Hashable {
        let user: String
        let plane: Plane

        init(_ known: KnownAssociation, _ plane: Plane) { (user, self.plane) = (known.summary.user, plane) }
    }

    /// The users' SAs at other gateways that have to leave these.
    private func leavingOthers(
        _ known: [KnownAssociation], _ elsewhere: [(NodeName, [AssociationSummary]?)]
    ) -> [Owner: [KnownAssociation]] {
        let own = Set(known.map(\.summary.offer.identifier))
        let others = elsewhere.flatMap { gateway, summaries in
            (summaries ?? []).filter { !$0.user.isEmpty && !own.contains($0.offer.identifier) }
                .map { KnownAssociation($0, at: gateway) }
        }
        let leaving = zip(plan(others), others).filter(\.0.wouldLeave)
        return Dictionary(grouping: leaving.map(\.1)) { Owner($0, plane(of: $0)) }
    }

    /// Whether packets of one of both SAs go through the other.
    private func isNested(_ first: KnownAssociation, _ second: KnownAssociation, on plane: Plane) -> Bool {
        guard let one = span(of: first, on: plane), let other = span(of: second, on: plane) else { return false }
        return (other.contains(one) && first.summary.carries(second.summary))
            || (one.contains(other) && second.summary.carries(first.summary))
    }

    /// From which place of the plane's previous path to which one an SA is; `nil` where an end is not on it.
    private func span(of known: KnownAssociation, on plane: Plane) -> ClosedRange<Int>? {
        guard let path = network.path(on: plane)?.previous, let peer = peer(of: known),
            let here = path.firstIndex(of: network.seat(of: known.place)),
            let there = path.firstIndex(of: network.seat(of: peer))
        else { return nil }
        return min(here, there)...max(here, there)
    }

    /// The gateways in [PR, G) of a plane's paths.
    private func leaving(on plane: Plane) -> [NodeName] {
        guard let path = network.path(on: plane), case .known(let divergence) = GatewayLocation(of: path) else {
            return []
        }
        return divergence.leaving.filter { network.node($0)?.role.takesAssociations == true }
    }
}

extension PlannedAssociation {
    /// Whether it leaves its gateway, as it is or by being negotiated anew.
    fileprivate var leaves: Bool { action == .move || action == .renegotiate }
    /// Whether it would have to, also where it cannot.
    fileprivate var wouldLeave: Bool { leaves || action == .conflict }
}
