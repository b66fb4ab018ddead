import ContextTransfer
import ForwardingPath

/// Who must agree to the moves of a drain is asked once: the answer holds for all of them, as long as they come.
extension MovesInProgress {
    /// What names a drain here: of other gateways' or other previous routers' moves an answer to it holds nothing,
    /// whatever they say their drain is.
    struct DrainKey: Hashable {
        let drain: MoveID
        /// The gateway that is drained.
        let holder: NodeName
        /// The previous router, which leads the moves.
        let source: NodeName

        init(_ drain: MoveID, of move: MoveDescription) {
            (self.drain, holder, source) = (drain, move.route.holder, move.route.source)
        }
    }

    /// What an operator here decided about a drain.
    struct DrainDecision {
        let key: DrainKey
        let agrees: Bool
        let by: String
        /// When a move of the drain was last known to be open here, by ``elapsed``.
        var lastSeen: Duration
    }

    /// How many such decisions are remembered, and for how long after the last move of the drain.
    private static let (decisionLimit, decisionLife) = (64, Duration.seconds(300))

    /// A move of which this node is previous or new router says that it is of a drain.
    func join(drain: MoveID?, _ move: MoveDescription) {
        guard let drain, drains[move.id] == nil else { return }
        let now = elapsed()
        drainDecisions.removeAll { now - $0.lastSeen > Self.decisionLife && !drains.values.contains($0.key) }
        drains[move.id] = DrainKey(drain, of: move)
    }

    /// A party is gone.
    func leaveDrain(_ id: MoveID) {
        let roles = [MoveRole.source, .target]
        guard roles.allSatisfy({ parties[MovePartyKey(id: id, role: $0)] == nil }),
            let key = drains.removeValue(forKey: id), let index = drainDecisions.firstIndex(where: { $0.key == key })
        else { return }
        drainDecisions[index].lastSeen = elapsed()
    }

    /// The moves that an operator's answer to one is the answer to: all of its drain, and then those that come;
    /// `nil` where it is of no drain.
    func decideDrain(of id: MoveID, agrees: Bool, by operator: String) -> [MoveID]? {
        guard let key = drains[id] else { return nil }
        drainDecisions.removeAll { $0.key == key }
        drainDecisions.append(DrainDecision(key: key, agrees: agrees, by: `operator`, lastSeen: elapsed()))
        if drainDecisions.count > Self.decisionLimit { drainDecisions.removeFirst() }
        return drains.filter { $0.value == key }.keys.sorted()
    }

    /// The answer that a party which waits for an operator here has already; `nil` where one must be asked.
    func decision(for party: MoveParty, standing: MoveStanding) -> MovePartyInput? {
        guard case .awaitingApproval(let missing) = standing, missing.contains(party.key.role),
            let key = drains[party.move.id]
        else { return nil }
        let decided = drainDecisions.last { $0.key == key }
        return decided.map { $0.agrees ? .approved(by: $0.by) : .denied(by: $0.by) }
    }
}
