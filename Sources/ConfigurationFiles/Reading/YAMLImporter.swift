import Yams

/// Copies what Yams composed, counting, so that aliases of aliases cannot fill the memory.
struct YAMLImporter {
    let file: String
    let limits: YAMLLimits
    private var count = 0

    init(file: String, limits: YAMLLimits) {
        (self.file, self.limits) = (file, limits)
    }

    /// The copy of a node that lies `depth` lists and mappings deep.
    mutating func node(_ node: Node, depth: Int) throws(FileError) -> YAMLNode {
        count += 1
        let (line, column) = (node.mark?.line ?? 1, node.mark?.column ?? 1)
        guard count <= limits.nodes else {
            throw FileError(
                file: file, line: line, column: column, problem: "the file has more than \(limits.nodes) values",
                fix: "Split it, or use fewer aliases.")
        }
        guard depth <= limits.depth else {
            throw FileError(
                file: file, line: line, column: column,
                problem: "lists and mappings lie more than \(limits.depth) deep in each other",
                fix: "Write the file in the form of the documentation.")
        }
        return YAMLNode(content: try content(of: node, depth: depth), line: line, column: column)
    }

    private mutating func content(of node: Node, depth: Int) throws(FileError) -> YAMLNode.Content {
        switch node {
        case .scalar(let scalar):
            return .scalar(scalar.string, isPlain: scalar.style == .plain || scalar.style == .any)
        case .sequence(let sequence):
            var items: [YAMLNode] = []
            for item in sequence { items.append(try self.node(item, depth: depth + 1)) }
            return .sequence(items)
        case .mapping(let mapping):
            var entries: [(key: YAMLNode, value: YAMLNode)] = []
            for (key, value) in mapping {
                entries.append((try self.node(key, depth: depth + 1), try self.node(value, depth: depth + 1)))
            }
            return .mapping(entries)
        case .alias:
            // Yams writes aliases out itself; one is left only when its anchor is gone.
            return .scalar("", isPlain: true)
        }
    }
}
