import ContextTransfer
import ForwardingPath
import IPsec
import Testing

@Suite("SAs that a taker negotiates anew")
struct RenewalMoveTests {
    private static func settle(_ world: inout RenewalWorld) {
        var steps = 0
        while steps < 3_000, world.step(withFaults: false) { steps += 1 }
    }

    private static func task(_ random: inout RandomMoves) -> RenewalTask {
        RenewalTask(
            peer: "MN", associations: [AssociationTemplate(random.association())], policies: [[]],
            profile: UserProfile(user: "MN"), onlyUpgrades: false)
    }

    @Test("the old ones end when the new ones are used")
    func renewed() {
        var world = RenewalWorld(seed: 1)
        Self.settle(&world)
        #expect(world.outcome == .completed && world.isRenewed && !world.hasOld && world.violation == nil)
    }

    @Test("an operator gives it up where the taker says nothing any more, and only there", arguments: [9, 10])
    func givenUp(silences: Int) {
        var world = RenewalWorld(seed: 1)
        while world.holder.state == .ordering, world.step(withFaults: false) {}
        let old = world.holder.task.associations.map(\.replaces)
        let told = (0..<silences).map { _ in world.holder.handle(.deadlinePassed).contains(.tell(isAnswered: false)) }
        #expect(told == (1...silences).map { $0 == 10 })
        let actions = world.holder.handle(.abort(by: "alice"))
        let isGivenUp = silences == 10
        #expect((world.holder.state == .finished(.aborted(.aborted(by: "alice")))) == isGivenUp)
        // Whether the other end uses new SAs nobody knows: others are negotiated.
        #expect(actions.contains(.renew(old)) == isGivenUp)
        #expect(actions.contains(.send(.refused(.aborted(by: "alice")))) == isGivenUp)
    }

    @Test("what a restarted taker negotiates is used when its own packets are passed on, not those of others before it")
    func restarted() throws {
        var random = RandomMoves(seed: 1)
        let task = Self.task(&random)
        let (earlier, later) = ([random.identifier()], [random.identifier()])
        var holder = RenewalMove(task)
        _ = holder.handle(.start)
        #expect(holder.handle(.received(.ready(earlier))).contains(.forward(earlier)))
        var taker = RenewalTaking()
        #expect(taker.handle(.received(.order(task))) == [.negotiate(task)])
        _ = taker.handle(.agreed(later))
        #expect(taker.handle(.received(.forwarding(earlier))) == [.send(.ready(later))])
        // Whichever it hears last, it passes all on.
        for _ in 0..<2 {
            let actions = holder.handle(.received(.ready(later))) + holder.handle(.received(.ready(earlier)))
            #expect(actions.last == .send(.forwarding(earlier + later)))
        }
        #expect(holder.state == .forwarding(earlier + later))
        #expect(taker.handle(.received(.forwarding(earlier + later))).contains(.proceed(true)))
    }

    @Test("a taker that has ever others ready is heeded a few times, and no more")
    func everOthers() {
        var random = RandomMoves(seed: 2)
        let task = Self.task(&random)
        var holder = RenewalMove(task)
        _ = holder.handle(.start)
        let answers = (0..<20).map { _ in holder.handle(.received(.ready([random.identifier()]))).isEmpty }
        #expect(answers == (0..<20).map { $0 >= 8 })
    }

    @Test("under loss, doubling, reordering and restarts one of both is in force, and never neither", arguments: 0..<10)
    func faults(block: UInt64) {
        var (completed, stayed) = (0, 0)
        for seed in block * 500..<(block + 1) * 500 {
            var world = RenewalWorld(seed: seed)
            for _ in 0..<world.random.below(60) { _ = world.step(withFaults: true) }
            Self.settle(&world)
            #expect(world.violation == nil, "seed \(seed)")
            #expect(world.outcome != nil, "seed \(seed) does not end")
            #expect(world.hasOld || world.isRenewed, "seed \(seed)")
            // Where the other end uses what only a restarted taker had, it is negotiated anew.
            if world.hasOld, world.isRenewed { #expect(world.isAskedAnew, "seed \(seed)") }
            #expect((world.outcome == .completed) == !world.hasOld, "seed \(seed)")
            if !world.isRestarted { #expect(world.hasOld != world.isRenewed, "seed \(seed): both, or neither") }
            if world.outcome == .completed { completed += 1 } else { stayed += 1 }
        }
        #expect(completed > 100 && stayed > 20, "\(completed) completed, \(stayed) stayed")
    }
}
