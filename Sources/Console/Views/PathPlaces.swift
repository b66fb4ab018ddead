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
    /// The first node, and what is written for it: with those beside it.
    private let first: (node: NodeName?, text: String)

    /// Spreads the nodes over a width.
    init(_ merged: MergedPath, width: Int) {
        self.width = width
        let nodes = merged.drawn.previous
        first = (nodes.first, Self.text(of: merged.nearEnds, width: width))
        let last = nodes.last?.text.count ?? 0
        let start = 1 + (first.text.count - 1) / 2
        let end = max(start, width - 2 - last / 2)
        // The others are spread from where one of usual length would stand in the first's place.
        let from = merged.nearEnds.count > 1 ? max(start, first.text.count - 2) : start
        for (index, node) in nodes.enumerated() where centres[node] == nil {
            centres[node] = index == 0 ? start : from + (end - from) * index / max(1, nodes.count - 1)
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

    /// What is written for a node, as far as its columns let it.
    func text(of node: NodeName) -> String { node == first.node ? first.text : node.text }

    /// One or several mobile nodes that move together: all by name, or how many more there are.
    private static func text(of nodes: [NodeName], width: Int) -> String {
        guard let first = nodes.first else { return "" }
        guard nodes.count > 1 else { return String(first.text.prefix(max(1, width / 5))) }
        let all = nodes.map(\.text).joined(separator: ", ")
        return all.count <= width / 3 ? all : String("\(first) +\(nodes.count - 1)".prefix(max(1, width / 3)))
    }

    /// The columns of a node's name.
    func span(of node: NodeName) -> Range<Int>? {
        guard let centre = centres[node] else { return nil }
        let length = node == first.node ? text(of: node).count : min(node.text.count, max(1, width / 5))
        let start = max(0, centre - (length - 1) / 2)
        return start..<start + length
    }
}
