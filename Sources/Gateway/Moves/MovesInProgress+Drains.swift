import ContextTransfer
import ForwardingPath

/// Who must agree to the moves of a drain is asked once: the answer holds for all of them, as long as this node runs.
extension MovesInProgress {
    /// What an operator here decided about a drain.
    struct DrainDecision {
        let drain: MoveID
        /// The gateway that is drained: of another one the answer holds nothing.
        let holder: NodeName
        let agrees: Bool
        let by: String
    }

    /// How many such decisions are remembered.
    private static let decisionLimit = 64

    /// A move of which this node is previous or new router says that it is of a drain.
    func join(drain: MoveID?, _ move: MoveDescription) {
        if let drain, drains[move.id] == nil { drains[move.id] = drain }
    }

    /// A party is gone.
    func leaveDrain(_ id: MoveID) {
        let roles = [MoveRole.source, .target]
        if roles.allSatisfy({ parties[MovePartyKey(id: id, role: $0)] == nil }) { drains[id] = nil }
    }

    /// The moves that an operator's answer to one is the answer to: all of its drain, and then those that come;
    /// `nil` where it is of no drain.
    func decideDrain(of id: MoveID, agrees: Bool, by operator: String) -> [MoveID]? {
        guard let drain = drains[id], let holder = holder(of: id) else { return nil }
        drainDecisions.removeAll { $0.drain == drain && $0.holder == holder }
        drainDecisions.append(DrainDecision(drain: drain, holder: holder, agrees: agrees, by: `operator`))
        if drainDecisions.count > Self.decisionLimit { drainDecisions.removeFirst() }
        return drains.filter { $0.value == drain && self.holder(of: $0.key) == holder }.keys.sorted()
    }

    /// The answer that a party which waits for an operator here has already; `nil` where one must be asked.
    func decision(for party: MoveParty, standing: MoveStanding) -> MovePartyInput? {
        guard case .awaitingApproval(let missing) = standing, missing.contains(party.key.role),
            let drain = drains[party.move.id]
        else { return nil }
        let decided = drainDecisions.last { $0.drain == drain && $0.holder == party.move.route.holder }
        return decided.map { $0.agrees ? .approved(by: $0.by) : .denied(by: $0.by) }
    }

    private func holder(of id: MoveID) -> NodeName? {
        [MoveRole.source, .target].lazy.compactMap { self.parties[MovePartyKey(id: id, role: $0)] }.first?.move.route
            .holder
    }
}
