import ContextTransfer
import ForwardingPath
import GatewayAPI
import IPsec

/// What a plan says beyond what happens to each SA: for who decides about it.
extension RouterDaemon {
    /// A soft or hard lifetime that ends so soon is told of.
    private static let soon = Duration.seconds(60)

    /// Adds what MN is told, what the new gateway is said to support, what could go wrong, how much has to cross, and how
    /// long the pause may be.
    func addDetails(to plan: inout ReportedPlan, _ decision: Decision) async {
        let here = decision.known.filter { $0.place == node }.map(\.summary.offer.identifier)
        let statuses = (try? await stack.associations(here)) ?? [:]
        let own = await contextOctets(statuses.values.map(\.association))
        for (index, known) in decision.known.enumerated() {
            let identifier = known.summary.offer.identifier
            add(to: &plan.associations[index], known, known.place == node ? statuses[identifier] : nil, decision)
            guard plan.associations[index].action == .move else { continue }
            plan.associations[index].contextOctets = plan.associations[index].relocations.map { move in
                if move.from == node { return own[identifier] }
                return (move.from == known.place ? known.summary.contextOctets : known.farContextOctets).map(
                    UInt64.init)
            }
        }
        plan.expectedPause = pauses.median
        if plan.expectedPause == nil, let estimate = await estimatedPause(decision) {
            (plan.expectedPause, plan.isPauseEstimated) = (estimate, true)
        }
        // What other gateways give away belongs to a plan of the whole path, and not to one of this gateway alone.
        let crossing = plan.associations.flatMap { entry in
            zip(entry.relocations, entry.contextOctets).filter { decision.wholePath || $0.0.from == node }.map(\.1)
        }
        plan.contextOctets = crossing.contains(nil) ? nil : crossing.reduce(0) { $0 + ($1 ?? 0) }
    }

    /// Before the first move: the longest that its parties are away from each other; `nil` where one does not answer, and
    /// where nothing moves.
    private func estimatedPause(_ decision: Decision) async -> Duration? {
        // Moves by which several gateways give SAs away are the previous router's.
        let own = zip(decision.planned, decision.known).filter { plan, _ in
            decision.wholePath || plan.relocations.map(\.from) == [node]
        }
        guard let batches = try? decision.planner.batches(own.map(\.0), own.map(\.1)) else { return nil }
        let routes = Set(batches.map(\.route))
        let parties = Set(routes.flatMap { [$0.holder, $0.source, $0.target, $0.taker] }).subtracting([node])
        await renewalsInProgress.measure(parties)
        let roundTrips = await renewalsInProgress.roundTrips
        let pauses = routes.map { roundTrips.pause(of: $0, from: node) }
        return pauses.contains(nil) ? nil : pauses.compactMap(\.self).max()
    }

    private func add(
        to entry: inout ReportedPlanEntry, _ known: KnownAssociation, _ status: AssociationStatus?,
        _ decision: Decision
    ) {
        if let status { Self.add(pathMTUOf: status.association, to: &entry, network) }
        let peer = decision.planner.peer(of: known).flatMap { network.node($0) }
        entry.told = Self.told(entry, isMobile: peer?.role == .mobileNode, network.gatewayIdentity)
        if entry.action == .move {
            // Their own words, and the network file's where they did not answer.
            let said = entry.relocations.compactMap { relocation in
                (decision.terms.words[relocation.to]?.suites ?? network.node(relocation.to)?.capabilities.suites)
                    .map { $0.contains(entry.suite) }
            }
            entry.isSuiteAccepted =
                said.contains(false) ? false : said.count == entry.relocations.count ? true : nil
        }
        if let status, entry.action == .move { entry.risks += Self.risks(entry, status) }
    }

    /// What MN is told of an SA that ends at it.
    private static func told(
        _ entry: ReportedPlanEntry, isMobile: Bool, _ identity: GatewayIdentity
    ) -> String {
        switch entry.action {
        case .none, .pending, .conflict: ""
        case .renegotiate: isMobile ? "that it has to negotiate a new SA" : ""
        case .move where !isMobile: ""
        case .move where identity == .direct:
            "the address of \(entry.relocations.first?.to.text ?? "its new gateway")"
                + (entry.keepsSPI ? "" : ", and the new SPI")
        case .move: entry.keepsSPI ? "nothing: the gateway's address and the SPI stay" : "the new SPI"
        }
    }

    private static func risks(_ entry: ReportedPlanEntry, _ status: AssociationStatus) -> [String] {
        var risks: [String] = []
        let (attributes, state) = (status.association.attributes, status.association.state)
        if let before = entry.pathMTUBefore, let after = entry.pathMTUAfter, after < before {
            risks.append("packets that need a path MTU above \(after) are fragmented or refused from then on")
        }
        if let hard = attributes.hardLifetime.seconds {
            let left = Duration.seconds(Int64(clamping: hard)) - state.use.age
            if left < soon { risks.append("its hard lifetime ends in \(max(0, left.components.seconds)) s") }
        }
        if status.phase == .dying { risks.append("its soft lifetime is reached: a renegotiation would end the move") }
        let last = SequenceNumber.last(extended: attributes.extendedSequenceNumbers).value
        if state.lastSent.value > last / 10 * 9 { risks.append("less than a tenth of its sequence numbers is left") }
        return risks
    }

    /// The size of each of these SAs' contexts as they are encoded now, with their policies and their final state; the copies
    /// of the keys are overwritten. Without those where it cannot be told.
    private func contextOctets(_ associations: [SecurityAssociation]) async -> [SAIdentifier: UInt64] {
        let identifiers = associations.map(\.identifier)
        guard let policies = try? await stack.policies(using: identifiers) else { return [:] }
        let users = Dictionary(grouping: policies.filter { $0.origin != .static }, by: \.association)
        var octets: [SAIdentifier: UInt64] = [:]
        for association in associations {
            let size = try? AssociationContext.octets(
                of: association, policies: users[association.identifier] ?? [])
            octets[association.identifier] = size.map(UInt64.init)
        }
        return octets
    }
}
