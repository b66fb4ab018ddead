import IPsec

/// SAs that move together, as the mapping sees them: where they leave and what they need.
struct MovingUnit {
    let members: [ClassifiedAssociation]

    /// The ends that have to move, counted from PR, in path order; empty when the unit stays whatever the mapping.
    var leaving: [Int] {
        guard let first = members.first, first.spec.origin != .static else { return [] }
        return first.leaving
    }

    /// What a gateway that takes the unit has to support.
    var suites: [AlgorithmSuite] { members.map(\.spec.suite) }
    var count: Int { members.count }

    /// The first suite that a node lacks.
    func suite(missingAt node: Node) -> AlgorithmSuite? { suites.first { !node.capabilities.allows($0) } }
}
