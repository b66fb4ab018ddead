import ContextTransfer
import Testing

@Suite struct SimulatorTests {
    @Test("without faults every move completes, or is refused by its operator")
    func calm() throws {
        for seed in 0..<500 {
            var world = World(seed: UInt64(seed), faults: false)
            try world.run()
            #expect(world.outcomes.count == world.moves.count)
            #expect(world.outcomes.values.allSatisfy { $0 == .completed })
            #expect(world.told.isEmpty)
        }
    }

    @Test(
        "the invariants hold under loss, duplication, reordering, delay, crash and restart",
        arguments: 0..<Nightly.simulatorBlocks)
    func storm(block: Int) {
        for seed in (block * 1_000)..<((block + 1) * 1_000) {
            guard let violation = Self.violation(seed: UInt64(seed)) else { continue }
            var world = World(seed: UInt64(seed), traces: true)
            try? world.run()
            let shown = world.trace.suffix(150).joined(separator: "\n")
            Issue.record("seed \(seed): \(violation)\n\(shown)")
            return
        }
    }

    @Test("under faults moves still complete, and SAs are still lost and reported")
    func outcomes() {
        var completed = 0
        var ended = 0
        for seed in 0..<2_000 {
            var world = World(seed: UInt64(seed))
            try? world.run()
            completed += world.outcomes.values.count { $0 == .completed }
            ended += world.told.isEmpty ? 0 : 1
        }
        #expect(completed > 500, "completed \(completed), ended \(ended)")
        #expect(ended > 50, "the faults never cost an SA: completed \(completed), ended \(ended)")
    }

    @Test("a rule that is broken on purpose is found", arguments: Sabotage.allCases)
    func sabotage(rule: Sabotage) {
        let found = (0..<20_000).first { Self.violation(seed: UInt64($0), sabotage: rule) != nil }
        #expect(found != nil, "20,000 seeds did not notice \(rule)")
    }

    static func violation(seed: UInt64, sabotage: Sabotage? = nil) -> Violation? {
        var world = World(seed: seed, sabotage: sabotage)
        do throws(Violation) {
            try world.run()
            return nil
        } catch {
            return error
        }
    }
}
