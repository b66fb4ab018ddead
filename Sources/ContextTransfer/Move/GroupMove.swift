/// Several moves that one previous router leads, and that go through together or not at all (draft section 5.3): those
/// of both ends of a type 4 SA, of SAs in sequence along a path, of a bundle whose SAs are at several gateways.
///
/// It is committed when each member is prepared at its taker and has written down that the switch may come. A member
/// that fails later ends the whole group. Does no I/O and reads no clock: its owner tells it how each member's
/// ``SourceMove`` stands, and gives the members what comes back.
package struct GroupMove: Equatable, Sendable {
    /// The members, in the order of the group.
    package let members: [MoveID]
    /// Whether it waits for a key before each phase outside the pause, for teaching.
    package let stepping: Bool
    private var standings: [MoveID: Standing] = [:]
    /// Members that were told that the group does not go through.
    private var told: Set<MoveID> = []
    /// What the members were last let go into, so that they are not let go twice.
    private var letGo: Standing?
    /// Whether all are in force at their takers: from then on each ends by itself.
    private var isSealed = false

    /// - Parameter standings: what a restarted router's journal says of members that are over.
    package init(members: [MoveID], stepping: Bool, standings: [MoveID: Standing] = [:]) {
        (self.members, self.stepping, self.standings) = (members, stepping, standings)
    }

    /// How a member stands.
    package enum Standing: Hashable, Sendable {
        case working
        /// Waits for the others before the phase.
        case waiting(before: MovePhase)
        /// Wrote down that the switch may come.
        case committed
        /// On its way back, or ending.
        case failing
        /// Nothing came of it at its taker; it waits for the others before the holder is told.
        case stranded
        case over(MoveOutcome)
    }

    /// What may happen to a group.
    package enum Input: Equatable, Sendable {
        /// A member stands differently.
        case stands(MoveID, Standing)
        /// The key that a stepping group waits for.
        case proceed
    }

    /// What a member is given.
    package struct Order: Equatable, Sendable {
        package let member: MoveID
        package let input: SourceMove.Input
    }

    /// Whether a member can still be called back by an operator, and then all of them.
    package var isAbortable: Bool {
        members.allSatisfy { member in
            switch standings[member] {
            case nil, .working, .waiting(before: .collect), .waiting(before: .prepare), .waiting(before: .quiesce): true
            case .waiting, .committed, .failing, .stranded, .over: false
            }
        } && letGo != .waiting(before: .quiesce) && letGo != .committed && !isSealed
    }

    /// The phase that all members wait before for a key; `nil` where they do not.
    package var awaitedKey: MovePhase? {
        guard stepping, case .waiting(let phase)? = common, letGo != common else { return nil }
        return phase
    }

    package mutating func handle(_ input: Input) -> [Order] {
        switch input {
        case .stands(let member, let standing):
            standings[member] = standing
            return isSealed ? [] : failure() ?? (stepping && awaitedKey != nil ? [] : goOn())
        case .proceed:
            return awaitedKey == nil ? [] : goOn()
        }
    }

    /// How all members stand; `nil` where they stand differently.
    private var common: Standing? {
        guard let first = members.first.flatMap({ standings[$0] }) else { return nil }
        return members.allSatisfy { standings[$0] == first } ? first : nil
    }

    /// Lets all go on, once all are there.
    private mutating func goOn() -> [Order] {
        guard let common, letGo != common else { return [] }
        switch common {
        case .waiting, .committed:
            letGo = common
            isSealed = common == .waiting(before: .release)
            return members.map { Order(member: $0, input: .proceed) }
        case .working, .failing, .stranded, .over: return []
        }
    }

    /// What a failed group does; `nil` where no member failed.
    private mutating func failure() -> [Order]? {
        guard members.contains(where: { standings[$0]?.isFailure == true }) else { return nil }
        var orders: [Order] = []
        for member in members where standings[member]?.isFailure != true && told.insert(member).inserted {
            orders.append(Order(member: member, input: .groupFailed(.groupFailed)))
        }
        let atRest = members.allSatisfy { standings[$0]?.isAtRest == true }
        guard atRest else { return orders }
        let anyEnded = members.contains { if case .over(.ended) = standings[$0] { true } else { false } }
        for member in members where standings[member] == .stranded {
            orders.append(Order(member: member, input: .groupSettled(anyEnded: anyEnded)))
        }
        return orders
    }
}

extension GroupMove.Standing {
    /// Whether the group does not go through any more.
    fileprivate var isFailure: Bool {
        switch self {
        case .failing, .stranded: true
        case .over(let outcome): outcome != .completed
        case .working, .waiting, .committed: false
        }
    }

    /// Whether nothing more happens to the member but by the others.
    fileprivate var isAtRest: Bool {
        switch self {
        case .stranded, .over: true
        case .working, .waiting, .committed, .failing: false
        }
    }
}

extension SourceMove {
    /// How the move stands for its group.
    package var groupStanding: GroupMove.Standing {
        switch state {
        case .redirecting(_, waiting: true): .waiting(before: .redirect)
        case .planned, .querying, .approving, .collecting, .preparing, .quiescing, .transferring, .redirecting,
            .releasing:
            .working
        // It asks only for want of an answer, unless the group does not go through.
        case .settling: .working
        case .waiting(let phase, _): .waiting(before: phase)
        case .committed: .committed
        case .cancelling, .returning, .condemning, .abandoning, .destroying: .failing
        case .stranded: .stranded
        case .finished(let outcome): .over(outcome)
        }
    }
}
