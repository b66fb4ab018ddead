/// Why two paths have no G.
package enum PathFault: Error, Hashable, Sendable {
    /// A path has fewer than the two nodes that make a path.
    case tooShort(PathAge, count: Int)
    /// A path goes through a node twice.
    case loop(PathAge, at: NodeName)
    /// The paths begin at different nodes.
    case differentStarts(NodeName, NodeName)
}

extension PathFault: CustomStringConvertible {
    /// The rest of a sentence that names the plane.
    package var description: String {
        switch self {
        case .tooShort(let age, let count): "the \(age.rawValue) path has \(count) nodes, and a path needs two ends"
        case .loop(let age, let node): "the \(age.rawValue) path goes through \(node) twice"
        case .differentStarts(let old, let new):
            "the previous path starts at \(old) and the new one at \(new), and both must start at the same node"
        }
    }
}
