package import ContextTransfer
package import ForwardingPath

extension MovesInProgress {
    /// One move of a group.
    package struct Member: Sendable {
        package let move: MoveDescription
        package let request: MoveRequest

        package init(_ move: MoveDescription, _ request: MoveRequest) { (self.move, self.request) = (move, request) }
    }

    /// Starts moves that this node leads as the previous router, and that go through together or not at all; `false`
    /// when another move of one of their subjects is under way.
    package func lead(_ group: MoveID, _ members: [Member], approval: ApprovalPolicy) -> Bool {
        guard groups[group] == nil, members.allSatisfy({ led[$0.move.subject] == nil }) else { return false }
        let stepping = members.contains { $0.request.stepping }
        groups[group] = GroupMove(members: members.map(\.move.id), stepping: stepping)
        for member in members {
            var offer = member.request.offer
            (offer.needsApproval, offer.group) = (approval.needsTarget, group)
            let machine = SourceMove(
                offer: offer, approval: approval, stepping: stepping, grouped: true, timing: timing)
            open(MovePartyKey(id: member.move.id, role: .source), member.move, .source(machine), offer: offer)
        }
        for member in members { give(.start, to: MovePartyKey(id: member.move.id, role: .source)) }
        return true
    }

    /// The moves of the group that a move is a part of, as far as they have a party here; the move alone where it is.
    func kin(of id: MoveID) -> [MoveID] {
        guard let group = memberships[id] else { return [id] }
        return memberships.filter { $0.value == group }.keys.sorted()
    }

    /// The key that a stepping group waits for.
    func proceed(group: MoveID) -> Bool {
        let orders = groups[group]?.handle(.proceed) ?? []
        carryOut(orders)
        return !orders.isEmpty
    }

    /// A member that this node leads stands so now.
    func tellGroup(_ standing: GroupMove.Standing, of party: MoveParty) {
        guard party.key.role == .source, let group = party.group, groups[group] != nil,
            groupStandings[party.key.id] != standing
        else { return }
        groupStandings[party.key.id] = standing
        carryOut(groups[group]?.handle(.stands(party.key.id, standing)) ?? [])
    }

    private func carryOut(_ orders: [GroupMove.Order]) {
        for order in orders {
            let key = MovePartyKey(id: order.member, role: .source)
            switch order.input {
            case .proceed: give(.proceed, to: key)
            case .groupFailed(let reason): give(.groupFailed(reason), to: key)
            case .groupSettled(let anyEnded): give(.groupSettled(anyEnded: anyEnded), to: key)
            case .start, .received, .approved, .denied, .abort, .deadlinePassed:
                preconditionFailure("A group orders nothing else.")
            }
        }
    }

    /// A move whose new router this is says that it is of a group: whoever leads the group leads all of it, and what is known
    /// of a move stays.
    func join(_ group: MoveID, _ move: MoveDescription) {
        let others = memberships.filter { $0.value == group }.keys.compactMap { id in
            [MoveRole.source, .target].lazy.compactMap { self.parties[MovePartyKey(id: id, role: $0)]?.move }.first
        }
        guard memberships[move.id] == nil, others.allSatisfy({ $0.route.source == move.route.source }) else { return }
        memberships[move.id] = group
    }

    /// A party of a member is gone; with the last one that this node leads the group is, too.
    func leaveGroup(_ id: MoveID) {
        // One that is over and only answered once more is no member any more, and may have been the last party all the same.
        guard let group = memberships[id] ?? groups.first(where: { $0.value.members.contains(id) })?.key else { return }
        let roles = [MoveRole.source, .target]
        if roles.allSatisfy({ parties[MovePartyKey(id: id, role: $0)] == nil }) { memberships[id] = nil }
        let isLed = groups[group]?.members.contains { parties[MovePartyKey(id: $0, role: .source)] != nil }
        guard isLed == false else { return }
        for member in groups[group]?.members ?? [] { groupStandings[member] = nil }
        groups[group] = nil
        committedGroups.remove(group)
        for (subject, leader) in led where leader == group { led[subject] = nil }
    }

    /// Makes the groups anew that a restarted router's notes tell of, unless they were through.
    func restoreGroups(_ notes: [MoveNote]) {
        let led = notes.filter { $0.key.role == .source && $0.group != nil }
        for (group, members) in Dictionary(grouping: led, by: { $0.group ?? $0.key.id }) {
            let records = members.map(\.record)
            // Once one was let go on, or is completed, all are in force at their takers.
            guard !members.allSatisfy(\.isOver), !records.contains(.sealed), !records.contains(.finished(.completed))
            else { continue }
            var standings: [MoveID: GroupMove.Standing] = [:]
            for member in members {
                if case .finished(let outcome) = member.record { standings[member.key.id] = .over(outcome) }
            }
            groups[group] = GroupMove(members: members.map(\.key.id).sorted(), stepping: false, standings: standings)
            if records.allSatisfy({ $0 == .switching }) { committedGroups.insert(group) }
        }
    }
}

extension MoveMachine {
    /// How the move stands for its group; `nil` for a party that does not lead it.
    var groupStanding: GroupMove.Standing? {
        if case .source(let machine) = self, machine.grouped { machine.groupStanding } else { nil }
    }
}
