package import ForwardingPath

/// A path that is sought or found: a block of type 0xFF41, its fields in this order.
///
///     0 plane 8: 1 data, 2 control, 3 management    1 nodes: count 8, node names
///     2 kind 8 = 1: NFP, an answer (PFP, a question)
///
/// In parentheses what an absent field means.
package struct PathBlock: Equatable, Sendable {
    package let plane: Plane
    /// From MN to RN.
    package let nodes: [NodeName]
    /// Whether it is a new path that was found.
    package let isAnswer: Bool

    package init(plane: Plane, nodes: [NodeName], isAnswer: Bool) {
        (self.plane, self.nodes, self.isAnswer) = (plane, nodes, isAnswer)
    }

    private static let planes: [Plane] = [.data, .control, .management]

    package init(_ block: ContextDataBlock) throws(WireError) {
        var fields = try BlockReader(block)
        plane = try fields.required(.plane) { (r) throws(WireError) in
            let code = Int(try r.integer(UInt8.self))
            guard (1...Self.planes.count).contains(code) else { throw .badValue(.plane) }
            return Self.planes[code - 1]
        }
        nodes = try fields.required(.nodeName) { (r) throws(WireError) -> [NodeName] in
            var nodes: [NodeName] = []
            for _ in 0..<(try r.integer(UInt8.self)) { nodes.append(try r.nodeName()) }
            return nodes
        }
        let kind = try fields.field(.flags, default: 0) { (r) throws(WireError) in try r.integer(UInt8.self) }
        guard kind <= 1 else { throw .badValue(.flags) }
        isAnswer = kind == 1
        try fields.finish()
    }

    package func encoded() throws(WireError) -> ContextDataBlock {
        guard nodes.count <= 255 else { throw .tooMany(.nodeName, limit: 255) }
        let code = (Self.planes.firstIndex(of: plane) ?? 0) + 1
        var fields = BlockWriter(.path)
        try fields.field { (w) throws(WireError) in w.append(UInt8(code)) }
        try fields.field { (w) throws(WireError) in
            w.append(UInt8(nodes.count))
            for node in nodes { try w.text(node.text, .nodeName) }
        }
        try fields.field(isAnswer) { (w) throws(WireError) in w.append(1 as UInt8) }
        return try fields.block()
    }
}
