import ContextTransfer
import Testing

@Suite struct SimulatorTests {
    @Test("without faults every move completes, or is negotiated where it goes")
    func calm() throws {
        for seed in 0..<500 {
            var world = World(seed: UInt64(seed), faults: false)
            try world.run()
            #expect(world.outcomes.count == world.moves.count)
            let isStale = world.outcomes.values.contains { $0 == .refused(.spiInUse) || $0.isUnsupported }
            #expect(world.outcomes.values.allSatisfy { $0 == .completed } || isStale && world.setting.negotiates)
            #expect(world.told.isEmpty)
        }
    }

    @Test(
        "the invariants hold under loss, duplication, reordering, delay, crash, restart, expiry and renegotiation",
        arguments: 0..<Nightly.simulatorBlocks)
    func storm(block: Int) { Self.play(seeds: (block * 1_000)..<((block + 1) * 1_000), .any) }

    @Test("and where the seed does not choose what happens", arguments: Sabotage.Stage.allCases)
    func staged(stage: Sabotage.Stage) { Self.play(seeds: 0..<Nightly.simulatorBlocks * 50, stage) }

    @Test("seeds that once broke a rule keep it", arguments: [(Sabotage.Stage.negotiation, 1_626), (.any, 32_719)])
    func known(stage: Sabotage.Stage, seed: Int) { Self.play(seeds: seed..<seed + 1, stage) }

    /// Records the first violation, with what led to it.
    private static func play(seeds: Range<Int>, _ stage: Sabotage.Stage) {
        for seed in seeds {
            guard let violation = violation(seed: UInt64(seed), stage: stage) else { continue }
            var world = World(seed: UInt64(seed), stage: stage, traces: true)
            try? world.run()
            let shown = world.trace.suffix(150).joined(separator: "\n")
            Issue.record("seed \(seed): \(violation)\n\(shown)")
            return
        }
    }

    @Test("under faults moves still complete, SAs are lost and reported, negotiated anew, and gateways drained")
    func outcomes() {
        var counts: [String: Int] = [:]
        for seed in 0..<2_000 {
            var world = World(seed: UInt64(seed))
            try? world.run()
            counts["completed", default: 0] += world.outcomes.values.count { $0 == .completed }
            counts["ended", default: 0] += world.told.isEmpty ? 0 : 1
            counts["expired", default: 0] += world.outcomes.values.count { $0.reason == .expired }
            counts["changed", default: 0] += world.outcomes.values.count { $0.reason == .associationChanged }
            counts["refused", default: 0] += world.outcomes.values.count { $0 == .refused(.spiInUse) }
            counts["renewed", default: 0] += world.renewed
            counts["replaced", default: 0] += world.replaced
            counts["drains", default: 0] += world.drains
            counts["drains that stop", default: 0] += world.isDrainStopped ? 1 : 0
            counts["drains' retries", default: 0] += world.drainRetries
        }
        for (what, least) in [
            ("completed", 500), ("ended", 50), ("expired", 10), ("changed", 50), ("refused", 50), ("renewed", 100),
            ("replaced", 50), ("drains", 100), ("drains that stop", 20), ("drains' retries", 20),
        ] {
            #expect(counts[what, default: 0] >= least, "\(what): \(counts)")
        }
    }

    @Test("a rule that is broken on purpose is found", arguments: Sabotage.allCases)
    func sabotage(rule: Sabotage) {
        // That the parties never come to rest can have many reasons: it proves nothing of this rule.
        let found = (0..<20_000).first {
            let violation = Self.violation(seed: UInt64($0), sabotage: rule)
            return violation != nil && violation != .endless
        }
        #expect(found != nil, "20,000 seeds did not notice \(rule)")
    }

    @Test("every sabotage breaks a rule of the design, and every rule is broken")
    func rules() {
        #expect(Set(Sabotage.rules.flatMap(\.broken)) == Set(Sabotage.allCases))
        #expect(Sabotage.rules.allSatisfy { !$0.broken.isEmpty })
    }

    private static func violation(
        seed: UInt64, sabotage: Sabotage? = nil, stage: Sabotage.Stage = .any
    ) -> Violation? {
        var world = World(seed: seed, sabotage: sabotage, stage: stage)
        do throws(Violation) {
            try world.run()
            return nil
        } catch {
            return error
        }
    }
}

extension MoveOutcome {
    /// Whether the taker lacks an algorithm.
    fileprivate var isUnsupported: Bool { if case .refused(.unsupported) = self { true } else { false } }
}
