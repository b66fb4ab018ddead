/// Where the new path leaves the previous one and where it comes back: at G (draft section 4).
package struct PathDivergence: Hashable, Sendable {
    /// G: the first node of the longest common suffix of both paths.
    package let gateway: NodeName
    /// MN.
    package let nearEnd: NodeName
    /// [PR, G): the nodes of the previous path whose SAs have to move; empty where G is PR.
    package let leaving: [NodeName]
    /// [NR, G): the nodes of the new path that may take them.
    package let joining: [NodeName]
    /// [G, RN]: what both paths share, in path order.
    package let common: [NodeName]
    /// The last node of the new path where RN is two physical nodes; then G is RN (draft section 5).
    package let secondRemoteNode: NodeName?

    /// Compares the two paths from their far ends.
    package init(previous: [NodeName], next: [NodeName]) throws(PathFault) {
        try Self.check(previous, .previous)
        try Self.check(next, .new)
        guard previous[0] == next[0] else { throw .differentStarts(previous[0], next[0]) }
        let (old, new) = (previous.dropFirst(), next.dropFirst())
        let same = zip(old.reversed(), new.reversed()).prefix { $0 == $1 }.count
        // Different last nodes are one logical RN, which alone is common.
        let shared = max(same, 1)
        nearEnd = previous[0]
        leaving = Array(old.dropLast(shared))
        joining = Array(new.dropLast(shared))
        common = Array(old.suffix(shared))
        gateway = old[old.endIndex - shared]
        secondRemoteNode = same == 0 ? new.last : nil
    }

    /// Where on the previous path a node is; `nil` when it is not on it.
    package func place(of node: NodeName) -> PathPlace? {
        if node == nearEnd { return .nearEnd }
        if let index = leaving.firstIndex(of: node) { return .leaving(index) }
        if let index = common.firstIndex(of: node) { return .common(index) }
        return node == secondRemoteNode ? .common(common.count - 1) : nil
    }

    private static func check(_ path: [NodeName], _ age: PathAge) throws(PathFault) {
        guard path.count >= 2 else { throw .tooShort(age, count: path.count) }
        var seen: Set<NodeName> = []
        for node in path where !seen.insert(node).inserted { throw .loop(age, at: node) }
    }
}
