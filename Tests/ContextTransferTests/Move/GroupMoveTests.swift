import ContextTransfer
import Testing

@Suite("Moves that go through together or not at all")
struct GroupMoveTests {
    private static let members = [MoveID(1), MoveID(2)]

    /// A group whose members stood so, one after the other, with what it ordered last.
    private static func group(
        stepping: Bool = false, _ standings: [(MoveID, GroupMove.Standing)]
    ) -> (GroupMove, [GroupMove.Order]) {
        var group = GroupMove(members: members, stepping: stepping)
        var orders: [GroupMove.Order] = []
        for (member, standing) in standings { orders = group.handle(.stands(member, standing)) }
        return (group, orders)
    }

    private static func inputs(_ orders: [GroupMove.Order]) -> [MoveID: SourceMove.Input] {
        Dictionary(uniqueKeysWithValues: orders.map { ($0.member, $0.input) })
    }

    @Test(
        "nobody goes on before all are there",
        arguments: [.waiting(before: .quiesce), .committed] as [GroupMove.Standing])
    func barrier(standing: GroupMove.Standing) {
        let (one, two) = (Self.members[0], Self.members[1])
        #expect(Self.group([(one, standing), (two, .working)]).1.isEmpty)
        #expect(Self.inputs(Self.group([(one, standing), (two, standing)]).1) == [one: .proceed, two: .proceed])
    }

    @Test("a member that fails takes the others with it, each told once")
    func failure() {
        let (one, two) = (Self.members[0], Self.members[1])
        var (group, orders) = Self.group([(one, .waiting(before: .quiesce)), (two, .failing)])
        #expect(Self.inputs(orders) == [one: .groupFailed(.groupFailed)])
        orders = group.handle(.stands(two, .over(.refused(.spiInUse))))
        #expect(orders.isEmpty)
    }

    @Test(
        "one whose taker has nothing goes back only if no part of the group ended",
        arguments: [(.over(.failed(.expired)), false), (.over(.ended(.groupFailed)), true)]
            as [(GroupMove.Standing, Bool)])
    func stranded(other: GroupMove.Standing, anyEnded: Bool) {
        let (one, two) = (Self.members[0], Self.members[1])
        let (_, orders) = Self.group([
            (one, .committed), (two, .committed), (one, .stranded), (two, .failing), (two, other),
        ])
        #expect(Self.inputs(orders) == [one: .groupSettled(anyEnded: anyEnded)])
    }

    @Test("an operator calls it back until it is committed, and no later")
    func abort() {
        let (one, two) = (Self.members[0], Self.members[1])
        #expect(Self.group([(one, .waiting(before: .quiesce)), (two, .working)]).0.isAbortable)
        #expect(!Self.group([(one, .waiting(before: .quiesce)), (two, .waiting(before: .quiesce))]).0.isAbortable)
    }

    @Test("a group in steps waits for one key for all")
    func steps() {
        let (one, two) = (Self.members[0], Self.members[1])
        var (group, orders) = Self.group(
            stepping: true, [(one, .waiting(before: .collect)), (two, .waiting(before: .collect))])
        #expect(orders.isEmpty)
        #expect(group.awaitedKey == .collect)
        orders = group.handle(.proceed)
        #expect(Self.inputs(orders) == [one: .proceed, two: .proceed])
        #expect(group.awaitedKey == nil)
        orders = group.handle(.proceed)
        #expect(orders.isEmpty)
    }

    @Test("once all are in force at their takers, each ends by itself")
    func sealed() {
        let (one, two) = (Self.members[0], Self.members[1])
        var (group, orders) = Self.group([(one, .waiting(before: .release)), (two, .waiting(before: .release))])
        #expect(orders.count == 2)
        orders = group.handle(.stands(one, .over(.ended(.restarted(.taker)))))
        #expect(orders.isEmpty)
    }
}
