import ContextTransfer
import ForwardingPath

extension World {
    /// Tells the group of a member how it stands now.
    mutating func tellGroup(_ standing: GroupMove.Standing, of move: SimulatedMove, at node: SimulatedNode) {
        guard let group = move.group, node.groups[group] != nil, node.groupStandings[move.id] != standing else {
            return
        }
        node.groupStandings[move.id] = standing
        note("\(move.id.value) of the group stands \(standing)")
        if sabotage == .groupNotTold, standing == .failing || standing == .stranded {
            if standing == .stranded { feed(.source(.groupSettled(anyEnded: false)), move, at: node) }
            return
        }
        give(.stands(move.id, standing), to: group, at: node)
        switch (sabotage, standing) {
        case (.groupCommitsEarly, .waiting(before: .quiesce)), (.groupCommitsEarly, .committed),
            (.groupSwitchesUnrecorded, .committed):
            feed(.source(.proceed), move, at: node)
        case (.memberReturnsAlone, .stranded):
            feed(.source(.groupSettled(anyEnded: false)), move, at: node)
        default: break
        }
    }

    /// Gives a group an input, and its members what it orders.
    mutating func give(_ input: GroupMove.Input, to group: MoveID, at node: SimulatedNode) {
        let orders = node.groups[group]?.handle(input) ?? []
        for order in orders { events.add(.order(node, order.member, order.input), at: now) }
        if node.groups[group]?.awaitedKey != nil {
            events.add(.proceedGroup(node, group), at: now + Int.random(in: 1...400, using: &random))
        }
    }

    /// A part of a group is taken out of service: all of it must be prepared, and its leader must have written so.
    mutating func noteQuiesce(of move: SimulatedMove) {
        guard let group = move.group else { return }
        for member in moves where member.group == group {
            let led = node(member.route.source).journal[.init(id: member.id, role: .source)]?.record
            let taken = node(member.route.taker).journal[.init(id: member.id, role: .taker)]?.record
            if taken == nil || led == nil || led == .started { violation = violation ?? .groupSwitchedEarly }
        }
    }

    /// What a restarted router makes of its notes about a group.
    mutating func restoreGroup(_ group: MoveID, at node: SimulatedNode) {
        let members = moves.filter { $0.group == group }.map(\.id)
        let records = members.map { node.journal[.init(id: $0, role: .source)]?.record }
        guard !records.contains(.sealed), !records.contains(.finished(.completed)) else { return }
        var standings: [MoveID: GroupMove.Standing] = [:]
        for (member, record) in zip(members, records) {
            if case .finished(let outcome)? = record { standings[member] = .over(outcome) }
        }
        node.groups[group] = GroupMove(members: members, stepping: false, standings: standings)
        node.committed[group] = records.allSatisfy { $0 == .switching }
    }

    func restoredSource(_ node: SimulatedNode, _ entry: SimulatedNode.Entry) -> SourceMove {
        guard let group = entry.move.group else {
            return SourceMove(restoring: entry.record, offer: entry.move.offer)
        }
        return SourceMove(
            restoring: entry.record, offer: entry.move.offer, grouped: node.groups[group] != nil,
            isCommitted: node.committed[group] == true)
    }
}
