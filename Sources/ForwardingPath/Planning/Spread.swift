/// The wish that everything leaves one gateway, spread over others by the room that they have (a drain).
///
/// Each unit goes whole to the gateway of which it takes the smallest share; equal shares go in path order.
package struct Spread: Hashable, Sendable {
    /// The gateway that is drained.
    package let from: NodeName
    /// The gateways that may take its SAs; empty for all in [NR, G) that take SAs.
    package let to: [NodeName]

    /// From its parts.
    package init(from: NodeName, to: [NodeName] = []) { (self.from, self.to) = (from, to) }

    /// Where a unit of `count` SAs may go, counted from NR, the best first.
    func candidates(for count: Int, on divergence: PathDivergence, _ network: Network, _ room: Room) -> [Int] {
        let allowed = divergence.joining.indices.filter { index in
            let name = divergence.joining[index]
            guard name != from, network.node(name)?.role.takesAssociations == true else { return false }
            return to.isEmpty || to.contains(name)
        }
        // NR is taken last where nobody named it: it has its own work.
        let inOrder = to.isEmpty ? allowed.filter { $0 > 0 } + allowed.filter { $0 == 0 } : allowed
        let isLast = { (index: Int) in to.isEmpty && index == 0 && allowed.count > 1 }
        return inOrder.enumerated().sorted { first, second in
            let (left, right) = (first.element, second.element)
            if isLast(left) != isLast(right) { return isLast(right) }
            let (names, shares) = ((divergence.joining[left], divergence.joining[right]), room)
            switch shares.compare(names.0, names.1, taking: count) {
            case .less: return true
            case .more: return false
            case .same: return first.offset < second.offset
            }
        }.map(\.element)
    }
}
