package import ContextTransfer
package import ForwardingPath
package import IPsec

/// What decides a plan beside paths and SAs.
package struct PlanTerms {
    /// What gateways said to the SAs, those that were asked and answered.
    package var words: [NodeName: TakerWord] = [:]
    /// What may protect users' traffic, by user.
    package var profiles: [String: UserProfile] = [:]
    /// What to do where an SPI is in use; `nil`: as the gateway says where it is.
    package var spiConflict: SPIConflictPolicy?
    /// Whether what the user's profile prefers is negotiated.
    package var upgrade = false
    /// The gateways over which everything is spread; `nil` where nothing is drained.
    package var spread: [NodeName]?

    package init(
        words: [NodeName: TakerWord] = [:], profiles: [String: UserProfile] = [:],
        spiConflict: SPIConflictPolicy? = nil, upgrade: Bool = false, spread: [NodeName]? = nil
    ) {
        (self.words, self.profiles, self.spiConflict) = (words, profiles, spiConflict)
        (self.upgrade, self.spread) = (upgrade, spread)
    }
}

extension GatewayPlanner {
    /// What the plan says once the gateways that would take the SAs were asked: an algorithm that is missing has another
    /// one chosen (draft section 6.4); with none left, and where an SPI is in use, SAs are negotiated anew or do not move.
    package func plan(
        _ known: [KnownAssociation], to taker: NodeName?, _ terms: PlanTerms
    ) -> [PlannedAssociation] {
        var planned = knowing(terms).plan(known, to: taker, spread: terms.spread)
        let units = Dictionary(grouping: planned.indices) { planned[$0].group ?? "\u{0}\($0)" }
        for unit in units.values {
            if unit.contains(where: { planned[$0].isObstructed }) {
                renegotiateForObstacle(unit, &planned, known, to: taker, terms)
            } else if unit.contains(where: { planned[$0].lacksSuite }) {
                renegotiateForSuite(unit, &planned, known, to: taker, terms)
            } else {
                settle(unit, unit.map { known[$0] }, &planned, terms)
            }
        }
        return planned
    }

    /// A better suite for a planned SA by its user's profile, that the gateway which would take it has; `nil` where there is
    /// none.
    package func upgrade(_ planned: PlannedAssociation, _ association: KnownAssociation, _ terms: PlanTerms)
        -> AlgorithmSuite?
    {
        guard planned.action == .move || planned.action == .renegotiate,
            let target = planned.relocations.first?.to, let word = terms.words[target],
            let profile = terms.profiles[association.summary.user], canNegotiate(association)
        else { return nil }
        return profile.upgrade(from: association.summary.offer.suite, available: available(word, association))
    }

    /// What both ends could use, as far as is known.
    private func available(_ word: TakerWord, _ association: KnownAssociation) -> [AlgorithmSuite] {
        let far = peer(of: association).flatMap { network.node($0)?.capabilities }
        return word.suites.filter { far?.allows($0) ?? true }
    }

    private func canNegotiate(_ association: KnownAssociation) -> Bool {
        guard !association.summary.user.isEmpty, association.place == node else { return false }
        return peer(of: association).flatMap { network.node($0)?.role.runsDaemon } ?? false
    }

    /// No gateway can have the SAs as they are: one may negotiate others that are as good.
    private func renegotiateForSuite(
        _ unit: [Int], _ planned: inout [PlannedAssociation], _ known: [KnownAssociation], to taker: NodeName?,
        _ terms: PlanTerms
    ) {
        let members = unit.map { known[$0] }
        guard members.allSatisfy(canNegotiate) else { return }
        let able = knowing(terms, ableToNegotiate: members).plan(known, to: taker, spread: terms.spread)
        guard unit.allSatisfy({ able[$0].action == .move && able[$0].relocations.count == 1 }) else { return }
        for (index, association) in zip(unit, members) {
            guard let target = able[index].relocations.first?.to else { continue }
            planned[index].action = .renegotiate
            planned[index].relocations = able[index].relocations
            planned[index].reason = .renegotiatedFor(lacking: association.summary.offer.suite, at: target)
        }
    }

    /// An SA of the unit cannot move as it is: where a new one in its place could, all of it are negotiated anew.
    private func renegotiateForObstacle(
        _ unit: [Int], _ planned: inout [PlannedAssociation], _ known: [KnownAssociation], to taker: NodeName?,
        _ terms: PlanTerms
    ) {
        let members = unit.map { known[$0] }
        guard let stuck = members.first(where: { $0.summary.obstacle != nil }),
            members.allSatisfy({ canNegotiate($0) && $0.summary.obstacle?.endsWithRenewal != false })
        else { return }
        let able = knowing(terms, ableToNegotiate: members).plan(
            known.map(\.withoutRenewable), to: taker, spread: terms.spread)
        guard unit.allSatisfy({ able[$0].action == .move && able[$0].relocations.count == 1 }) else { return }
        for (index, association) in zip(unit, members) {
            guard let target = able[index].relocations.first?.to else { continue }
            planned[index].action = .renegotiate
            planned[index].relocations = able[index].relocations
            planned[index].reason =
                association.summary.obstacle.map { .renegotiatedBecause($0, at: target) }
                ?? .renegotiatedWith(stuck.name, at: target)
        }
    }

    /// What a gateway said against an end of an SA that would go to it.
    private struct Objection {
        let index: Int
        let target: NodeName
        let reason: MoveReason
    }

    /// What the gateways that would take the SAs, each of them its ends, said to them.
    private func settle(
        _ unit: [Int], _ members: [KnownAssociation], _ planned: inout [PlannedAssociation], _ terms: PlanTerms
    ) {
        guard unit.contains(where: { planned[$0].action == .move }) else { return }
        let objections = unit.flatMap { index in
            planned[index].relocations.compactMap { move in
                terms.words[move.to]?.verdicts[index].reason.map {
                    Objection(index: index, target: move.to, reason: $0)
                }
            }
        }
        if let conflict = objections.first(where: { $0.reason == .spiInUse }) {
            settle(conflict, objections.filter { $0.reason == .spiInUse }, unit, members, &planned, terms)
        } else if let objection = objections.first(where: { $0.reason != .busy }) {
            for index in unit {
                // Of a drain it is told, and tried: what is refused does not stop the rest.
                if terms.spread == nil { (planned[index].action, planned[index].relocations) = (.conflict, []) }
                let own = objections.first { $0.index == index && $0.reason != .busy }
                planned[index].reason =
                    own.map { .refused(by: $0.target, $0.reason.description) }
                    ?? .goesWithRefused(planned[objection.index].name, by: objection.target)
            }
        } else if terms.upgrade, unit.allSatisfy({ planned[$0].relocations.count == 1 }) {
            let upgrades = zip(unit, members).map { upgrade(planned[$0], $1, terms) }
            guard !upgrades.contains(nil) else { return }
            for (index, suite) in zip(unit, upgrades) {
                let target = planned[index].relocations[0].to
                planned[index].action = .renegotiate
                planned[index].reason = suite.map { .upgraded(to: $0, at: target) }
            }
        }
    }

    /// SPIs that are in use, answered as the order says or, where it says nothing, as the gateway does.
    private func settle(
        _ first: Objection, _ all: [Objection], _ unit: [Int], _ members: [KnownAssociation],
        _ planned: inout [PlannedAssociation], _ terms: PlanTerms
    ) {
        let policy = terms.spiConflict ?? terms.words[first.target]?.spiConflict ?? .deny
        let isOneEnd = unit.allSatisfy { planned[$0].relocations.count == 1 }
        // The gateway gives them others when they come, and the mobile node is told: only what the gateway receives, since
        // an SPI is its receiver's choice.
        let isReassigned =
            policy == .reassign && isOneEnd && all.allSatisfy { terms.words[$0.target]?.canReassign ?? true }
            && zip(unit, members).allSatisfy { index, member in
                mobileNode(of: member) != nil
                    && (member.summary.direction == .inbound || !all.contains { $0.index == index })
            }
        if isReassigned {
            for objection in all { planned[objection.index].reason = .spiReassigned(at: objection.target) }
            return
        }
        let negotiates = policy == .renegotiate && isOneEnd && members.allSatisfy(canNegotiate)
        for index in unit {
            planned[index].action = negotiates ? .renegotiate : .conflict
            if !negotiates { planned[index].relocations = [] }
            let own = all.first { $0.index == index }
            if let own, policy == .reassign, terms.words[own.target]?.canReassign == false {
                planned[index].reason = .spiFixed(at: own.target)
                continue
            }
            planned[index].reason =
                own.map {
                    policy == .renegotiate && !negotiates
                        ? .spiNotNegotiated(at: $0.target, because: obstacle(isOneEnd: isOneEnd, members))
                        : .spiInUse(at: $0.target, policy)
                } ?? .goesWithConflict(of: planned[first.index].name, at: first.target)
        }
    }

    /// Why SAs that move together cannot be negotiated anew from here.
    private func obstacle(isOneEnd: Bool, _ members: [KnownAssociation]) -> NegotiationObstacle {
        if !isOneEnd { return .bothEndsMove }
        if let place = members.map(\.place).first(where: { $0 != node }) { return .atAnotherGateway(place) }
        return .noDaemonAtOtherEnd
    }

    /// The planner with what gateways said of themselves in place of what the network file says.
    private func knowing(_ terms: PlanTerms) -> GatewayPlanner {
        var network = network
        for (name, word) in terms.words {
            guard var node = network.node(name) else { continue }
            node.capabilities.suites = word.suites
            network = network.replacing(node)
        }
        return replacing(network)
    }

    /// The planner for SAs that may be negotiated anew: a gateway takes them whatever they are now, where it can use a suite
    /// that each of them may become, and where it was asked.
    private func knowing(
        _ terms: PlanTerms, ableToNegotiate members: [KnownAssociation]
    ) -> GatewayPlanner {
        var network = knowing(terms).network
        for var node in network.nodes where node.role.takesAssociations {
            let isAble = members.allSatisfy { association in
                let profile = terms.profiles[association.summary.user] ?? UserProfile(user: association.summary.user)
                let wanted = profile.suites(replacing: association.summary.offer.suite)
                return terms.words[node.name].map { available($0, association).contains(where: wanted.contains) }
                    ?? false
            }
            node.capabilities.suites = isAble ? nil : []
            network = network.replacing(node)
        }
        return replacing(network)
    }
}

extension KnownAssociation {
    /// As the new SA in its place would be.
    fileprivate var withoutRenewable: KnownAssociation {
        guard summary.obstacle?.endsWithRenewal == true else { return self }
        var summary = summary
        summary.obstacle = nil
        return KnownAssociation(summary, at: place, farPlace: farPlace)
    }
}

extension PlannedAssociation {
    /// Whether it cannot move because it, or what moves with it, cannot leave its stack.
    fileprivate var isObstructed: Bool {
        switch reason {
        case .obstructed, .goesWithObstructed: action == .conflict
        default: false
        }
    }

    /// Whether it cannot move because its algorithms are missing.
    fileprivate var lacksSuite: Bool {
        switch reason {
        case .unsupported, .unsupportedByAll: action == .conflict
        default: false
        }
    }
}
