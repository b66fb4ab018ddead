import ForwardingPath
import Terminal

/// The columns that the nodes of a plane's paths stand in.
struct PathPlaces {
    /// The nodes that are on the new path only.
    let joining: [NodeName]
    /// The column where the new path leaves the previous one, below its first node.
    let nearEnd: Int?
    /// The column where the paths meet again, below G; `nil` where there is none.
    let meeting: Int?
    private let common: Set<NodeName>
    private var centres: [NodeName: Int] = [:]
    private let width: Int

    /// Spreads the nodes over a width.
    init(_ merged: MergedPath, width: Int) {
        self.width = width
        let nodes = merged.drawn.previous
        let (first, last) = (nodes.first?.text.count ?? 0, nodes.last?.text.count ?? 0)
        let start = 1 + (first - 1) / 2
        let end = max(start, width - 2 - last / 2)
        for (index, node) in nodes.enumerated() where centres[node] == nil {
            centres[node] = start + (end - start) * index / max(1, nodes.count - 1)
        }
        guard case .known(let divergence) = GatewayLocation(of: merged.drawn) else {
            (joining, nearEnd, meeting, common) = ([], nil, nil, [])
            return
        }
        (joining, common) = (divergence.joining, Set(divergence.common))
        let near = centres[divergence.nearEnd] ?? start
        let far = centres[divergence.gateway] ?? end
        (nearEnd, meeting) = (near, far)
        for (index, node) in divergence.joining.enumerated() where centres[node] == nil {
            centres[node] = near + (far - near) * (index + 1) / (divergence.joining.count + 1)
        }
    }

    /// Whether a node is on both paths, from G on.
    func isCommon(_ node: NodeName) -> Bool { common.contains(node) }

    /// The column in the middle of a node's name.
    func centre(of node: String) -> Int? { NodeName(node).flatMap { centres[$0] } }

    /// The columns of a node's name.
    func span(of node: NodeName) -> Range<Int>? {
        guard let centre = centres[node] else { return nil }
        let length = min(node.text.count, max(1, width / 5))
        let start = max(0, centre - (length - 1) / 2)
        return start..<start + length
    }
}
