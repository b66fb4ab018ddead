package import ContextTransfer
package import ForwardingPath

/// A new path that could be set up, and what would become of the SAs along the previous one; the best is the least.
package struct PathChoice: Comparable {
    /// From MN to RN.
    package let nodes: [NodeName]
    /// The SAs that could not go on, in the order of the question.
    package let lost: [PlannedAssociation]
    /// How many would have to be negotiated anew.
    package let renegotiated: Int
    /// Whether it comes back to the previous router, which then has all traffic still: better than losing an SA, and worse
    /// than all else.
    package let isDetour: Bool

    /// What a path does to SAs, by the plans of the gateways where they are.
    ///
    /// - Parameter terms: what each gateway on the path said to the SAs.
    package init(
        _ nodes: [NodeName], for question: PathQuestion, in network: Network, _ terms: PlanTerms
    ) {
        self.nodes = nodes
        let network = network.replacing(
            PathPair(plane: question.plane, previous: question.previous, next: nodes))
        let planes = Dictionary(question.associations.map { ($0.name, question.plane) }) { first, _ in first }
        var (lost, renegotiated): ([PlannedAssociation], Int) = ([], 0)
        for place in Set(question.associations.map(\.place)).sorted() {
            let planner = GatewayPlanner(node: place, network: network, planes: planes)
            for (plan, known) in zip(planner.plan(question.associations, to: nil, terms), question.associations)
            where known.place == place {
                switch plan.action {
                case .none, .move: break
                case .renegotiate: renegotiated += 1
                case .pending, .conflict: lost.append(plan)
                }
            }
        }
        (self.lost, self.renegotiated) = (lost, renegotiated)
        isDetour = question.previous.dropFirst().first.map(nodes.contains) ?? false
    }

    package static func < (left: PathChoice, right: PathChoice) -> Bool {
        let (one, other) = (left.ranks, right.ranks)
        return one == other ? left.nodes.lexicographicallyPrecedes(right.nodes) : one.lexicographicallyPrecedes(other)
    }

    package static func == (left: PathChoice, right: PathChoice) -> Bool { left.nodes == right.nodes }

    /// What makes it worse, the worst first.
    private var ranks: [Int] { [lost.count, isDetour ? 1 : 0, renegotiated, nodes.count] }
}
