package import ContextTransfer
package import ForwardingPath
package import GatewayAPI
package import IPsec

/// What happens, or could happen, to SAs on the paths of a network. A value: it asks nobody.
package struct GatewayPlanner {
    let node: NodeName
    let network: Network
    private let planes: [String: Plane]
    private let farPlaces: [SAIdentifier: NodeName]

    /// - Parameters:
    ///   - node: the gateway that plans.
    ///   - planes: the planes of SAs by name; an SA that is not named is on the data plane.
    ///   - farPlaces: where other ends are of which their addresses do not tell.
    package init(
        node: NodeName, network: Network, planes: [String: Plane], farPlaces: [SAIdentifier: NodeName] = [:]
    ) {
        (self.node, self.network, self.planes, self.farPlaces) = (node, network, planes, farPlaces)
    }

    /// The planner of another network.
    func replacing(_ network: Network) -> GatewayPlanner {
        GatewayPlanner(node: node, network: network, planes: planes)
    }

    /// SAs that move together: same user, same parties.
    package struct Batch: Hashable {
        package let route: MoveRoute
        package let subject: MoveSubject
        /// Whose SAs they are.
        package let user: String
        package fileprivate(set) var offers: [AssociationOffer]
    }

    private struct Party: Hashable {
        let route: MoveRoute
        let subject: MoveSubject
        let user: String
    }

    /// The SAs of the planner's own gateway.
    package func known(_ statuses: [AssociationStatus]) -> [KnownAssociation] {
        statuses.map {
            var summary = AssociationSummary($0.association)
            summary.obstacle = $0.obstacle
            var known = KnownAssociation(summary, at: node)
            known.farPlace = farPlaces[$0.association.identifier]
            return known
        }
    }

    /// The gateways on the previous paths of SAs whose other end's address is that of a gateway which is not on them:
    /// one of them has that end now.
    func gatewaysToAsk(about known: [KnownAssociation]) -> [NodeName] {
        var found: Set<NodeName> = []
        for known in known where !known.summary.user.isEmpty {
            guard let path = network.path(on: plane(of: known)), let peer = peer(of: known),
                network.node(peer)?.role.takesAssociations == true, !path.previous.contains(peer)
            else { continue }
            found.formUnion(path.previous.filter { network.node($0)?.role.takesAssociations == true })
        }
        found.remove(node)
        return found.sorted()
    }

    /// What the plan says of SAs, in their order.
    ///
    /// - Parameter spread: where this gateway is drained, the gateways that take its SAs.
    package func plan(
        _ known: [KnownAssociation], to taker: NodeName? = nil, spread: [NodeName]? = nil
    ) -> [PlannedAssociation] {
        var network = network
        if let taker { network.mappings[node] = taker }
        return MovePlan.make(
            network: network, associations: known.map(spec), spread: spread.map { Spread(from: node, to: $0) }
        ).associations
    }

    /// The SAs of those names, and what moves together with them or not at all; all where no name is given.
    package func units(named names: Set<String>, in known: [KnownAssociation]) -> [KnownAssociation] {
        guard !names.isEmpty else { return known }
        let planned = zip(plan(known), known)
        let groups = Set(planned.filter { names.contains($0.0.name) }.compactMap(\.0.group))
        return planned.filter { plan, _ in
            names.contains(plan.name) || plan.group.map(groups.contains) ?? false
        }.map(\.1)
    }

    /// The plane that an SA is on.
    func plane(of known: KnownAssociation) -> Plane { planes[known.name] ?? .data }

    /// The node at the SA's other end; `nil` where no node of the network has that address.
    package func peer(of known: KnownAssociation) -> NodeName? {
        if let place = known.farPlace { return place }
        let (address, realm) = (known.summary.farAddress, known.summary.offer.identifier.realm)
        return network.owner(of: address, in: realm)
    }

    /// The node at a template's other end; `nil` where no node of the network has that address.
    func peer(of template: AssociationTemplate) -> NodeName? {
        let address = template.direction == .inbound ? template.source : template.replaces.destination
        return network.owner(of: address, in: template.replaces.realm)
    }

    /// The gateways of all previous paths that lead through this one as their previous router, other than it, where
    /// the new path is known; empty where there is no such path.
    package var gatewaysToSurvey: [NodeName] {
        let led = network.paths.filter { $0.previousRouter == node && $0.next != nil }
        var found: [NodeName] = []
        for name in led.flatMap({ $0.previous.dropFirst(2) }) where !found.contains(name) {
            if network.node(name)?.role.takesAssociations == true { found.append(name) }
        }
        return found
    }

    /// Whether any path with a known new one leads through this gateway as its previous router.
    package var leadsPath: Bool { network.paths.contains { $0.previousRouter == node && $0.next != nil } }

    /// The moves that a plan asks for, one for each end of an SA that leaves its gateway. Throws a sentence where an SA
    /// cannot move from here.
    package func batches(
        _ planned: [PlannedAssociation], _ known: [KnownAssociation]
    ) throws(OperationRefusal) -> [Batch] {
        var batches: [Batch] = []
        var places: [Party: Int] = [:]
        for (plan, known) in zip(planned, known) where plan.action == .move {
            guard let path = network.path(on: plan.plane), let source = path.previousRouter,
                let target = path.nextRouter
            else { throw .notPossible("the new \(plan.plane.rawValue) path is not known") }
            guard plan.relocations.map(\.from) == [node] || source == node else {
                throw .notPossible(
                    "\(plan.name) does not leave \(node) alone ("
                        + plan.relocations.map { "\($0.from) to \($0.to)" }.joined(separator: ", ")
                        + "): ask \(source), which leads such moves, to move the whole path")
            }
            for relocation in plan.relocations {
                let route = MoveRoute(
                    holder: relocation.from, source: source, target: target, taker: relocation.to,
                    mobile: relocation.from == known.place ? mobileNode(of: known) : nil)
                let subject = MoveSubject(
                    address: relocation.from == known.place ? known.summary.farAddress : known.summary.nearAddress,
                    realm: known.summary.offer.identifier.realm)
                let party = Party(route: route, subject: subject, user: known.summary.user)
                if let index = places[party] {
                    batches[index].offers.append(known.summary.offer)
                } else {
                    places[party] = batches.count
                    batches.append(
                        Batch(
                            route: route, subject: subject, user: known.summary.user, offers: [known.summary.offer]))
                }
            }
        }
        return batches
    }

    /// The SA's other end, where it is a mobile node, which can be told of a new gateway.
    func mobileNode(of known: KnownAssociation) -> NodeName? {
        peer(of: known).flatMap { network.node($0)?.role == .mobileNode ? $0 : nil }
    }

    /// An SA as a gateway is asked about it: by the name that it would have there, which is another one where mobile nodes
    /// know gateways by their own addresses.
    func offer(_ known: KnownAssociation, to taker: NodeName) -> AssociationOffer {
        var offer = known.summary.offer
        guard network.gatewayIdentity == .direct, known.summary.direction == .inbound, offer.mode == .tunnel,
            mobileNode(of: known) != nil, let node = network.node(taker), node.realms.contains(offer.identifier.realm),
            let address = node.addresses.first(where: { $0.family == known.summary.farAddress.family })
        else { return offer }
        offer.identifier = offer.identifier.named(GatewayName(spi: offer.identifier.spi, address: address))
        return offer
    }

    private func spec(_ known: KnownAssociation) -> AssociationSpec {
        let (summary, far) = (known.summary, peer(of: known) ?? Self.unknown)
        let isInbound = summary.direction == .inbound
        return AssociationSpec(
            name: known.name, plane: plane(of: known), from: isInbound ? far : known.place,
            to: isInbound ? known.place : far, suite: summary.offer.suite, mode: summary.offer.mode,
            origin: summary.user.isEmpty ? .static : .user(summary.user), obstacle: summary.obstacle)
    }

    /// Stands for a node that the network file does not know; it is on no path.
    private static let unknown: NodeName = "unknown"
}

extension [GatewayPlanner.Batch] {
    /// What goes through together or not at all: the moves of one user, in their order.
    package var byUser: [[GatewayPlanner.Batch]] {
        var groups: [[GatewayPlanner.Batch]] = []
        var places: [String: Int] = [:]
        for batch in self {
            if let index = places[batch.user] {
                groups[index].append(batch)
            } else {
                places[batch.user] = groups.count
                groups.append([batch])
            }
        }
        return groups
    }
}
