import ContextTransfer
import IPsec
import Testing

@Suite("SAs that a taker negotiates anew")
struct RenewalMoveTests {
    private static func settle(_ world: inout RenewalWorld) {
        var steps = 0
        while steps < 3_000, world.step(withFaults: false) { steps += 1 }
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
