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
