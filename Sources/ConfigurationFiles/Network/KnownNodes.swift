import ForwardingPath

/// The nodes of a network file, for the places that name them.
struct KnownNodes {
    /// The most nodes that a path can have: a packet's hop limit ends there.
    static let longestPath = 255

    private let names: Set<NodeName>
    private let inOrder: [String]

    init(_ names: [NodeName]) {
        self.names = Set(names)
        inOrder = names.map(\.text)
    }

    /// The node that a value names.
    func node(_ value: YAMLValue) throws(FileError) -> NodeName {
        guard value.isNull || value.isList || value.isMapping else {
            if let name = NodeName(value.rawText[...]), names.contains(name) { return name }
            throw value.error(
                "unknown node \(QuotedText(value.rawText))\(value.inPath); known nodes are \(WordList(inOrder))",
                fix: "Add it under nodes: or correct the name.")
        }
        throw value.expected("the name of a node", "Write one of \(WordList(inOrder)).")
    }

    /// The nodes of a list; a single name stands for a list of one.
    func list(_ value: YAMLValue) throws(FileError) -> [NodeName] {
        guard value.isList else { return [try node(value)] }
        var list: [NodeName] = []
        for item in try value.items() { list.append(try node(item)) }
        return list
    }

    /// The nodes of a forwarding path. Whether it makes sense is the plan's to say.
    ///
    /// Where its first item is a list, its first node stands for all of them.
    func path(_ value: YAMLValue) throws(FileError) -> [NodeName] {
        guard value.isList else { throw value.expected("a list of nodes", "Write it as [MN, PR, SG1, G, RN].") }
        var path: [NodeName] = []
        for (index, item) in try value.items().enumerated() {
            guard index == 0, item.isList else {
                path.append(try node(item))
                continue
            }
            guard let first = try list(item).first else {
                throw item.error("\(item.path) is empty", fix: "Name the nodes that the path begins at.")
            }
            path.append(first)
        }
        guard path.count <= Self.longestPath else {
            throw value.error(
                "\(value.path) has \(path.count) nodes", fix: "A path has at most \(Self.longestPath): shorten it.")
        }
        return path
    }

    /// Of a path that begins at several nodes, those behind the first.
    func companions(_ value: YAMLValue) throws(FileError) -> ArraySlice<NodeName> {
        guard let first = try value.items().first, first.isList else { return [] }
        return try list(first).dropFirst()
    }
}
