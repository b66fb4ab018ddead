/// The search for the mapping from gateways of the previous path to those of the new one that keeps their order.
///
/// Both sides are in path order. A mapping that keeps the order sends a run of neighbours to one target, so the best
/// one is found run by run, each target used once or skipped.
struct MappingProblem {
    /// A gateway whose SAs need a place.
    struct Source {
        /// The targets that it may go to.
        let allowed: Set<Int>
        /// For each target, how many of its SAs that target cannot take.
        let misfits: [Int]
        /// How many of its SAs move.
        let load: Int
        /// Whether it is PR, which belongs on NR.
        let isPreviousRouter: Bool
    }

    let sources: [Source]
    /// For each target the room that it has; `nil` for any.
    let room: [Int?]
    /// Pairs of sources with the number of SAs that have one end at each: these ends must not meet.
    let pairs: [(first: Int, second: Int, count: Int)]

    /// For each source its target; `nil` when no mapping keeps the order.
    func solution() -> [Int]? {
        let meetings = meetingCounts()
        var best = [[Step?]](repeating: Array(repeating: nil, count: sources.count + 1), count: room.count + 1)
        best[room.count][sources.count] = Step(cost: MappingCost(), end: sources.count)
        for target in room.indices.reversed() {
            for start in 0...sources.count {
                var winner = best[target + 1][start].map { Step(cost: $0.cost, end: start) }
                for run in runs(from: start, to: target, meetings) {
                    guard let rest = best[target + 1][run.end] else { continue }
                    let cost = run.cost + rest.cost
                    if winner.map({ !($0.cost < cost) }) ?? true { winner = Step(cost: cost, end: run.end) }
                }
                best[target][start] = winner
            }
        }
        return path(through: best)
    }

    /// The best that can be done from some source and target on, and where this target's run ends.
    private struct Step {
        let cost: MappingCost
        let end: Int
    }

    /// Every run of sources from `start` on that may go to `target`, the shortest first.
    private func runs(from start: Int, to target: Int, _ meetings: [[Int]]) -> [Step] {
        var steps: [Step] = []
        var cost = MappingCost()
        var (load, holders) = (0, 0)
        var end = start
        while end < sources.count, sources[end].allowed.contains(target) {
            let source = sources[end]
            load += source.load
            holders += source.load > 0 ? 1 : 0
            cost.meetings += meetings[end][start]
            cost.misfits += source.misfits[target]
            cost.onNextRouter += target == 0 && !source.isPreviousRouter ? 1 : 0
            end += 1
            var total = cost
            if let room = room[target] { total.misfits += max(0, load - room) }
            total.sharedByHolders = max(0, holders - 1)
            total.shared = end - start - 1
            steps.append(Step(cost: total, end: end))
        }
        return steps
    }

    /// `[b][a]`: the SAs between source b and the sources from a to b.
    private func meetingCounts() -> [[Int]] {
        var counts = [[Int]](repeating: Array(repeating: 0, count: sources.count + 1), count: sources.count)
        for pair in pairs { counts[pair.second][pair.first] += pair.count }
        for second in sources.indices {
            for first in stride(from: second - 1, through: 0, by: -1) {
                counts[second][first] += counts[second][first + 1]
            }
        }
        return counts
    }

    private func path(through best: [[Step?]]) -> [Int]? {
        guard best[0][0] != nil else { return nil }
        var targets: [Int] = []
        for target in room.indices {
            guard let step = best[target][targets.count] else { return nil }
            targets += Array(repeating: target, count: step.end - targets.count)
        }
        return targets
    }
}
