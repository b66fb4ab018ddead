import ContextTransfer
import ForwardingPath
import GatewayAPI
import IPsec

extension RouterDaemon {
    /// How often a plan is made anew because a gateway cannot take what it was to take.
    private static let rounds = 8

    /// The plan for SAs, once the gateways that would take them were asked.
    func plan(
        _ known: [KnownAssociation], _ selection: MoveSelection, _ planner: GatewayPlanner
    ) async -> ([PlannedAssociation], PlanTerms) {
        var terms = PlanTerms(
            profiles: settings.profiles, spiConflict: selection.spiConflict, upgrade: selection.upgrade,
            spread: selection.spread)
        // Each gateway is asked about what would go to it: about all of that again, where it is more than before.
        var asked: [NodeName: Set<Int>] = [:]
        var planned = planner.plan(known, to: selection.to, terms)
        for _ in 0..<Self.rounds {
            let wanted = Self.places(planned).filter { !$0.value.isSubset(of: asked[$0.key, default: []]) }
                .filter { $0.key != node }
            guard !wanted.isEmpty else { break }
            for (taker, places) in wanted { asked[taker, default: []].formUnion(places) }
            let words = await ask(
                wanted.keys.map { taker in
                    let places = asked[taker, default: []].sorted()
                    return (taker, places, places.map { planner.offer(known[$0], to: taker) })
                }, of: known.count)
            terms.words.merge(words) { _, new in new }
            planned = planner.plan(known, to: selection.to, terms)
        }
        return (planned, terms)
    }

    /// The places of the SAs, of either end, that would go to each gateway.
    private static func places(_ planned: [PlannedAssociation]) -> [NodeName: Set<Int>] {
        var places: [NodeName: Set<Int>] = [:]
        for (index, plan) in planned.enumerated() {
            for relocation in plan.relocations { places[relocation.to, default: []].insert(index) }
        }
        return places
    }

    /// What gateways say to the SAs at those places, all asked at the same time; those that did not answer are left out.
    private func ask(
        _ questions: [(NodeName, [Int], [AssociationOffer])], of count: Int
    ) async -> [NodeName: TakerWord] {
        return await withTaskGroup(of: (NodeName, [Int], TakerWord?).self) { [renewalsInProgress] group in
            for (taker, places, offers) in questions {
                group.addTask { (taker, places, await renewalsInProgress.survey(taker, offers)) }
            }
            // Not by `reduce`: the library would call a closure of this actor on another executor.
            var words: [NodeName: TakerWord] = [:]
            for await (taker, places, word) in group {
                guard var word else { continue }
                var verdicts = [Verdict](repeating: .accepted, count: count)
                for (place, verdict) in zip(places, word.verdicts) { verdicts[place] = verdict }
                word.verdicts = verdicts
                words[taker] = word
            }
            return words
        }
    }

    /// SAs that one gateway negotiates anew with one node.
    private struct Party: Hashable {
        let taker: NodeName
        let peer: NodeName
        let user: String
    }

    /// Begins what a plan says is to be negotiated anew.
    ///
    /// - Parameter id: the name of the only negotiation that there is; `nil`: they get names of their own.
    func beginRenewals(
        _ decision: Decision, _ order: MoveOrder, as id: MoveID? = nil, by caller: Caller
    ) async throws(OperationRefusal) -> [ReportedMove] {
        let identifiers = zip(decision.planned, decision.known).filter { $0.0.action == .renegotiate }
            .map(\.1.summary.offer.identifier)
        guard !identifiers.isEmpty else { return [] }
        guard !settings.approval.joined(order.approval).needsTarget else {
            throw .notPossible("an operator of the new router must agree, and a negotiation does not ask one")
        }
        let present: [SAIdentifier: AssociationStatus]
        do { present = try await stack.associations(identifiers) } catch {
            throw .notPossible("the stack cannot be read: \(error)")
        }
        var parties: [Party] = []
        var members: [Party: [(PlannedAssociation, AssociationTemplate)]] = [:]
        for (plan, known) in zip(decision.planned, decision.known) where plan.action == .renegotiate {
            guard let move = plan.relocations.first, move.from == node, let peer = decision.planner.peer(of: known),
                let association = present[known.summary.offer.identifier]?.association
            else { throw .notPossible("\(plan.name) cannot be negotiated anew from here") }
            let party = Party(taker: move.to, peer: peer, user: association.user)
            if members[party] == nil { parties.append(party) }
            members[party, default: []].append((plan, AssociationTemplate(association)))
        }
        guard id == nil || parties.count == 1 else {
            throw .notPossible("the SAs have to be negotiated with more than one node")
        }
        var reports: [ReportedMove] = []
        for party in parties { reports.append(try await begin(party, members[party] ?? [], as: id, by: caller)) }
        return reports
    }

    private func begin(
        _ party: Party, _ members: [(PlannedAssociation, AssociationTemplate)], as id: MoveID?, by caller: Caller
    ) async throws(OperationRefusal) -> ReportedMove {
        let templates = members.map(\.1)
        var policies: [[Policy]] = []
        do {
            for template in templates {
                policies.append(
                    try await stack.policies(using: [template.replaces]).filter { $0.origin != .static })
            }
        } catch { throw .notPossible("the stack cannot be read: \(error)") }
        let onlyUpgrades = members.contains { plan, _ in if case .upgraded = plan.reason { true } else { false } }
        let task = RenewalTask(
            peer: party.peer, associations: templates, policies: policies, profile: profile(of: party.user),
            onlyUpgrades: onlyUpgrades)
        let names = templates.map(\.label)
        guard let subject = templates.first?.subject else { throw .notPossible("there is no SA to negotiate anew") }
        let move = MoveDescription(
            id: id ?? .random(), subject: subject,
            route: MoveRoute(holder: node, source: node, target: party.taker, taker: party.taker))
        guard await renewalsInProgress.begin(move, task, by: caller.name) else {
            throw .busy("\(names.joined(separator: ", ")) is moving or negotiated already")
        }
        await report(
            .audit, by: caller.name, action: "move", associations: names, move: move.id,
            command: "ferry move \(names.joined(separator: " ")) --from \(node) --to \(party.taker)"
                + (onlyUpgrades ? " --upgrade" : ""),
            text: "has \(names.joined(separator: ", ")) negotiated anew at \(party.taker) with \(party.peer)")
        return ReportedMove(
            id: move.id, names: names, route: move.route, state: .running, requestedBy: caller.name,
            isAbortable: true)
    }
}
