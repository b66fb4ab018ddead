/// What the SAs that move ask of the gateways of the new path.
struct MappingDemand {
    /// For each node in [PR, G) how many SAs leave it.
    private(set) var load: [Int]
    /// For each node in [PR, G) and each in [NR, G), how many SAs that leave the one are not supported by the other.
    private(set) var misfits: [[Int]]
    /// Pairs of nodes in [PR, G) with the number of SAs between them.
    private(set) var pairs: [(first: Int, second: Int, count: Int)] = []

    init(units: [MovingUnit], leaving: Int, joining: [Node?]) {
        load = Array(repeating: 0, count: leaving)
        misfits = Array(repeating: Array(repeating: 0, count: joining.count), count: leaving)
        for unit in units {
            let ends = unit.leaving
            let unfit = joining.indices.filter { index in
                joining[index].map { unit.suite(missingAt: $0) != nil } ?? true
            }
            for end in ends {
                load[end] += unit.count
                for target in unfit { misfits[end][target] += unit.count }
            }
            if ends.count == 2 { pairs.append((ends[0], ends[1], unit.count)) }
        }
    }
}
