/// How many more SAs each gateway can take, kept while a plan is made.
struct Room {
    private var free: [NodeName: Int] = [:]

    /// What the SAs that are there leave free; a node without a capacity has room for any number.
    init(network: Network, associations: [AssociationSpec]) {
        for node in network.nodes {
            if let capacity = node.capabilities.capacity { free[node.name] = capacity }
        }
        for association in associations {
            for end in Set([association.from, association.to]) where free[end] != nil { free[end, default: 0] -= 1 }
        }
    }

    /// What is left; `nil` when there is no limit.
    func left(at node: NodeName) -> Int? { free[node].map { max(0, $0) } }

    /// Whether `count` more fit.
    func has(_ count: Int, at node: NodeName) -> Bool { left(at: node).map { $0 >= count } ?? true }

    mutating func take(_ count: Int, at node: NodeName) {
        if let left = free[node] { free[node] = left - count }
    }
}
