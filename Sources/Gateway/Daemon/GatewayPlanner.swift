package import ContextTransfer
package import ForwardingPath
package import GatewayAPI
package import IPsec

/// What happens, or could happen, to the SAs of one gateway on the paths of its network. A value: it asks nobody.
package struct GatewayPlanner {
    private let node: NodeName
    private let network: Network
    private let planes: [String: Plane]

    /// - Parameter planes: the planes of SAs by name; an SA that is not named is on the data plane.
    package init(node: NodeName, network: Network, planes: [String: Plane]) {
        (self.node, self.network, self.planes) = (node, network, planes)
    }

    /// SAs that move together: same user, same parties.
    package struct Batch: Hashable {
        package let route: MoveRoute
        package let subject: MoveSubject
        package fileprivate(set) var offers: [AssociationOffer]
    }

    private struct Party: Hashable {
        let route: MoveRoute
        let subject: MoveSubject
    }

    /// What the plan says of SAs here, in their order.
    package func plan(_ statuses: [AssociationStatus], to taker: NodeName? = nil) -> [PlannedAssociation] {
        var network = network
        if let taker { network.mappings[node] = taker }
        return MovePlan.make(network: network, associations: statuses.map { spec($0.association) }).associations
    }

    /// The SAs of those names, and what moves together with them or not at all; all where no name is given.
    package func units(named names: Set<String>, in statuses: [AssociationStatus]) -> [AssociationStatus] {
        guard !names.isEmpty else { return statuses }
        let planned = zip(plan(statuses), statuses)
        let groups = Set(planned.filter { names.contains($0.0.name) }.compactMap(\.0.group))
        return planned.filter { plan, _ in
            names.contains(plan.name) || plan.group.map(groups.contains) ?? false
        }.map(\.1)
    }

    /// The node at the SA's other end; `nil` where no node of the network has that address.
    package func peer(of association: SecurityAssociation) -> NodeName? {
        let address = farAddress(association)
        let realm = association.identifier.realm
        return network.nodes.first { $0.realms.contains(realm) && $0.addresses.contains(address) }?.name
    }

    /// The node at a template's other end; `nil` where no node of the network has that address.
    func peer(of template: AssociationTemplate) -> NodeName? {
        let address = template.direction == .inbound ? template.source : template.replaces.destination
        return network.nodes.first { $0.realms.contains(template.replaces.realm) && $0.addresses.contains(address) }?.name
    }

    /// The moves that a plan asks for. Throws a sentence where an SA cannot move from here.
    package func batches(
        _ planned: [PlannedAssociation], _ statuses: [AssociationStatus]
    ) throws(OperationRefusal) -> [Batch] {
        var batches: [Batch] = []
        var places: [Party: Int] = [:]
        for (plan, status) in zip(planned, statuses) where plan.action == .move {
            let association = status.association
            guard let relocation = plan.relocations.first, plan.relocations.count == 1, relocation.from == node else {
                throw .notPossible(
                    "\(plan.name) does not leave \(node) alone: "
                        + plan.relocations.map { "\($0.from) to \($0.to)" }.joined(separator: ", "))
            }
            guard let path = network.path(on: plan.plane), let source = path.previousRouter,
                let target = path.nextRouter
            else { throw .notPossible("the new \(plan.plane.rawValue) path is not known") }
            let route = MoveRoute(holder: node, source: source, target: target, taker: relocation.to)
            let subject = MoveSubject(address: farAddress(association), realm: association.identifier.realm)
            let offer = AssociationOffer(association)
            if let index = places[Party(route: route, subject: subject)] {
                batches[index].offers.append(offer)
            } else {
                places[Party(route: route, subject: subject)] = batches.count
                batches.append(Batch(route: route, subject: subject, offers: [offer]))
            }
        }
        return batches
    }

    private func farAddress(_ association: SecurityAssociation) -> IPAddress {
        association.direction == .inbound ? association.source : association.identifier.destination
    }

    private func spec(_ association: SecurityAssociation) -> AssociationSpec {
        let far = peer(of: association) ?? Self.unknown
        let isInbound = association.direction == .inbound
        return AssociationSpec(
            name: association.name, plane: planes[association.name] ?? .data, from: isInbound ? far : node,
            to: isInbound ? node : far, suite: association.attributes.keys.suite, mode: association.attributes.mode,
            origin: association.user.isEmpty ? .static : .user(association.user))
    }

    /// Stands for a node that the network file does not know; it is on no path.
    private static let unknown: NodeName = "unknown"
}
