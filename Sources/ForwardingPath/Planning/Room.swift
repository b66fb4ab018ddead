/// How many more SAs each gateway can take, kept while a plan is made.
struct Room {
    private var free: [NodeName: Int] = [:]
    /// What was free before the plan took anything.
    private var start: [NodeName: Int] = [:]
    private var taken: [NodeName: Int] = [:]

    /// Which of two gateways gives away the smaller share of its room.
    enum Comparison { case less, same, more }

    /// What the SAs that are there leave free; a node without a capacity has room for any number.
    init(network: Network, associations: [AssociationSpec]) {
        for node in network.nodes {
            if let capacity = node.capabilities.capacity { free[node.name] = capacity }
        }
        for association in associations {
            for end in Set([association.from, association.to]) where free[end] != nil { free[end, default: 0] -= 1 }
        }
        start = free
    }

    /// What is left; `nil` when there is no limit.
    func left(at node: NodeName) -> Int? { free[node].map { max(0, $0) } }

    /// Whether `count` more fit.
    func has(_ count: Int, at node: NodeName) -> Bool { left(at: node).map { $0 >= count } ?? true }

    /// Compares the shares of their room that two gateways will have given away when each takes `count` more. One without
    /// a limit counts as having as much room as the largest of those with one; where none has one, their loads count.
    func compare(_ first: NodeName, _ second: NodeName, taking count: Int) -> Comparison {
        let largest = max(1, start.values.max() ?? 1)
        let room = { (node: NodeName) in max(1, start[node] ?? largest) }
        let load = { (node: NodeName) in taken[node, default: 0] + count }
        let (left, right) = (load(first) * room(second), load(second) * room(first))
        return left == right ? .same : left < right ? .less : .more
    }

    mutating func take(_ count: Int, at node: NodeName) {
        taken[node, default: 0] += count
        if let left = free[node] { free[node] = left - count }
    }
}
