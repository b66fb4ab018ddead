import ForwardingPath

/// The gateways by name: four, found by comparing.
struct SimulatedNodes {
    private(set) var all: [SimulatedNode]

    init(_ names: [NodeName]) { all = names.map(SimulatedNode.init) }

    subscript(name: NodeName) -> SimulatedNode? {
        get { all.first { $0.name == name } }
        _modify {
            guard let index = all.firstIndex(where: { $0.name == name }) else {
                preconditionFailure("Every name in the simulator is that of a node.")
            }
            var node: SimulatedNode? = all[index]
            // The array gives its copy up, so that the change is made in place.
            all[index] = Self.nobody
            yield &node
            all[index] = node ?? Self.nobody
        }
    }

    private static let nobody = SimulatedNode(name: "nobody")
}
