import ContextTransfer
import ForwardingPath
package import GatewayAPI
import IPsec

extension RouterDaemon {
    /// A plan and what it was made of.
    struct Decision {
        let planner: GatewayPlanner
        let known: [KnownAssociation]
        let planned: [PlannedAssociation]
        let entries: [ReportedPlanEntry]
        let terms: PlanTerms
        /// Whether it is about all gateways on the paths.
        let wholePath: Bool
    }

    /// Throws when the operator saw another plan than this.
    func check(_ order: MoveOrder, _ decision: Decision) throws(OperationRefusal) {
        if let token = order.planToken, !PlanToken.isGood(token, order.selection, decision.entries, now: .now) {
            throw .outOfDate
        }
    }

    /// What would happen to the SAs of a selection now.
    ///
    /// - Parameter realm: where all of them are; `nil` for every realm.
    func decide(_ selection: MoveSelection, in realm: Realm? = nil) async throws(OperationRefusal) -> Decision {
        if let from = selection.from, from != node {
            throw .notPossible("this gateway is \(node), not \(from): ask \(from) to move its SAs")
        }
        if let to = selection.to, network.node(to) == nil { throw unknown(to) }
        for other in selection.spread ?? [] where network.node(other) == nil {
            throw unknown(other)
        }
        let all = try await known(selection).filter { realm == nil || $0.summary.offer.identifier.realm == realm }
        let planner = planner
        let names = Set(all.map(\.name))
        if let missing = selection.names.first(where: { !names.contains($0) }) {
            throw .notFound("there is no SA \(missing) \(selection.wholePath ? "on the paths of" : "at") \(node)")
        }
        var known = planner.units(named: Set(selection.names), in: all)
        if selection.wholePath, !selection.names.isEmpty {
            known = planner.bundles(of: known, in: try await withPolicies(all))
        }
        var (planned, terms) = await plan(known, selection, planner)
        var silent: [NodeName] = []
        if selection.wholePath {
            Self.keepTogether(&planned, known.map(\.summary.user))
            planner.explainBundles(&planned, try await withPolicies(known))
        } else {
            let elsewhere = await survey(planner.gatewaysOfBundles(planned))
            silent = elsewhere.filter { $0.1 == nil }.map(\.0)
            // Nothing is parted where nobody else said that it has SAs; of those who did not answer the risks tell.
            if elsewhere.contains(where: { $0.1?.isEmpty == false }) {
                planner.keepBundlesWhole(&planned, try await withPolicies(known), elsewhere: elsewhere)
            }
        }
        let entries = zip(planned, known).map { plan, known in
            var entry = ReportedPlanEntry(plan, suite: known.summary.offer.suite)
            entry.spi = known.summary.offer.identifier.spi
            entry.upgrade = planner.upgrade(plan, known, terms)
            Self.add(pathMTUOf: known.summary, to: &entry, network)
            entry.risks += planner.risks(plan, silent: silent)
            return entry
        }
        return Decision(
            planner: planner, known: known, planned: planned,
            entries: selection.wholePath ? Self.grouped(entries, known.map(\.summary.user)) : entries, terms: terms,
            wholePath: selection.wholePath)
    }

    /// SAs of this gateway with what they carry by the policies that use them.
    private func withPolicies(_ known: [KnownAssociation]) async throws(OperationRefusal) -> [KnownAssociation] {
        let bare = known.filter(\.summary.selectors.isEmpty).map(\.summary.offer.identifier)
        do {
            let present = try await stack.associations(bare)
            let policies = Dictionary(grouping: try await stack.policies(using: bare), by: \.association)
            return known.map { known in
                let identifier = known.summary.offer.identifier
                guard known.place == node, let association = present[identifier]?.association else { return known }
                var summary = known.summary
                summary.selectors = AssociationSummary(association, policies: policies[identifier] ?? []).selectors
                var described = KnownAssociation(summary, at: known.place, farPlace: known.farPlace)
                described.farContextOctets = known.farContextOctets
                return described
            }
        } catch { throw .notPossible("the stack cannot be read: \(error)") }
    }

    /// What moves of a user stays where another SA of it cannot move.
    private static func keepTogether(_ planned: inout [PlannedAssociation], _ users: [String]) {
        var stuck: [String: String] = [:]
        for (plan, user) in zip(planned, users) where plan.action == .conflict && stuck[user] == nil {
            stuck[user] = plan.name
        }
        for (index, user) in users.enumerated() where planned[index].action == .move {
            guard let name = stuck[user] else { continue }
            (planned[index].action, planned[index].relocations) = (.conflict, [])
            planned[index].reason = .groupStays(for: name)
        }
    }

    /// The entries with the user's name as their group where several groups of one user move, or go to several places: all that
    /// moves of a user on a path goes through together or not at all.
    package static func grouped(_ entries: [ReportedPlanEntry], _ users: [String]) -> [ReportedPlanEntry] {
        var groups: [String: Set<String>] = [:]
        var relocations: [String: Set<Relocation>] = [:]
        for (entry, user) in zip(entries, users) where entry.action == .move {
            groups[user, default: []].insert(entry.group ?? entry.name)
            relocations[user, default: []].formUnion(entry.relocations)
        }
        return zip(entries, users).map { entry, user in
            guard entry.action == .move,
                groups[user, default: []].count > 1 || relocations[user, default: []].count > 1
            else { return entry }
            var grouped = entry
            grouped.group = user
            return grouped
        }
    }

    /// The SAs here, and those of the other gateways on the paths where they are meant, each once.
    private func known(
        _ selection: MoveSelection
    ) async throws(OperationRefusal) -> [KnownAssociation] {
        guard selection.wholePath else { return try await known(beside: []) }
        guard planner.leadsPath else {
            throw .notPossible("\(node) is the previous router of no path whose new path is known, and leads no group")
        }
        guard selection.to == nil else {
            throw .notPossible("where the SAs of a whole path go follows from its mappings")
        }
        return try await known(beside: planner.gatewaysToSurvey)
    }

    /// The SAs here, and those of these gateways, each once.
    func known(beside gateways: [NodeName]) async throws(OperationRefusal) -> [KnownAssociation] {
        var own: [AssociationStatus]
        do { own = try await stack.associations() } catch { throw .notPossible("the stack cannot be read: \(error)") }
        own = await withoutReplaced(own)
        var known = planner.known(own)
        if !planner.gatewaysToAsk(about: known).isEmpty {
            await findFarPlaces()
            known = planner.known(own)
        }
        var places = Dictionary(
            uniqueKeysWithValues: known.enumerated().map { ($1.summary.offer.identifier, $0) })
        for (gateway, summaries) in await survey(gateways) {
            guard let summaries else {
                throw .notPossible("\(gateway) did not say which SAs it has: see whether its daemon runs")
            }
            for summary in summaries {
                if let index = places[summary.offer.identifier] {
                    (known[index].farPlace, known[index].farContextOctets) = (gateway, summary.contextOctets)
                } else {
                    places[summary.offer.identifier] = known.count
                    known.append(KnownAssociation(summary, at: gateway))
                }
            }
        }
        return known
    }

    /// Starts the moves of one user: as a group where they are several.
    func start(
        _ batches: [GatewayPlanner.Batch], _ order: MoveOrder, by caller: Caller
    ) async throws(OperationRefusal) -> [ReportedMove] {
        let isLeader = batches.allSatisfy { $0.route.source == node }
        let group = isLeader && batches.count > 1 ? MoveID.random() : nil
        let stepping = order.stepping || settings.stepping
        let members = batches.map { batch in
            var offer = MoveOffer(
                subject: batch.subject, associations: batch.offers, needsApproval: false, requestedBy: caller.name,
                group: group)
            offer.spiConflict = order.selection.spiConflict
            if batch.route.mobile != nil { offer.identity = order.identity ?? network.gatewayIdentity }
            return MovesInProgress.Member(
                MoveDescription(id: .random(), subject: batch.subject, route: batch.route),
                MoveRequest(offer: offer, approval: order.approval, stepping: stepping))
        }
        for member in members { await audit(member, order, by: caller) }
        if let group {
            let approval = settings.approval.joined(order.approval)
            guard await moves.lead(group, members, approval: approval) else { throw Self.busy(members) }
        } else {
            for member in members { try await start(member, order) }
        }
        return members.map { member in
            let route = member.move.route
            return ReportedMove(
                id: member.move.id, names: member.request.offer.names, route: route, state: .queued,
                waitingReason: route.source == node ? "" : "waits for \(route.source) to lead it",
                requestedBy: caller.name, isAbortable: false, group: group)
        }
    }

    /// Has the previous router lead a move, which may be this node.
    private func start(_ member: MovesInProgress.Member, _ order: MoveOrder) async throws(OperationRefusal) {
        guard member.move.route.holder != node else { return await moves.request(member.move, member.request) }
        let approval = settings.approval.joined(order.approval)
        guard await moves.lead(member.move, member.request, approval: approval) else { throw Self.busy([member]) }
    }

    private static func busy(_ members: [MovesInProgress.Member]) -> OperationRefusal {
        let names = members.flatMap(\.request.offer.names).joined(separator: ", ")
        return .notPossible("another move of the user of \(names) is under way: wait for its end")
    }

    /// So many SAs the audit trail names in its text.
    private static let mostNamed = 100

    private func audit(_ member: MovesInProgress.Member, _ order: MoveOrder, by caller: Caller) async {
        let (names, route) = (member.request.offer.names, member.move.route)
        // An order for all that moves names none of them: thousands of names are nobody's to read.
        let isShort = names.count <= Self.mostNamed
        let list =
            isShort
            ? names.joined(separator: ", ")
            : "\(names.prefix(4).joined(separator: ", ")) and \(names.count - 4) more"
        let named = isShort ? names : order.selection.names
        let from = order.selection.wholePath ? "--via \(node)" : "--from \(route.holder) --to \(route.taker)"
        await report(
            .audit, by: caller.name, action: "move", associations: names, move: member.move.id,
            command: (["ferry move"] + named + [from]).joined(separator: " "),
            text: "asks to move \(list) from \(route.holder) to \(route.taker)")
    }
}
