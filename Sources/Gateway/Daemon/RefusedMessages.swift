import ForwardingPath

/// How many messages of other nodes were not taken: counted all, and told of the more seldom the more there are, so that
/// who sends many fills no disk.
struct RefusedMessages {
    private var counts: [NodeName: Int] = [:]

    /// Of all nodes.
    var total: Int { counts.values.reduce(0, +) }

    /// Counts one more; gives how many there are of that node now where it is to be told: 1, 10, 100 and so on.
    mutating func take(from node: NodeName) -> Int? {
        let count = counts[node, default: 0] + 1
        counts[node] = count
        var rest = count
        while rest > 1, rest.isMultiple(of: 10) { rest /= 10 }
        return rest == 1 ? count : nil
    }
}
