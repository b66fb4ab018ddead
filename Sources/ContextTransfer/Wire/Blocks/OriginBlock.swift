import IPsec

/// What a gateway tells of one of its SAs beside the offer: a block of type 0xFF40, its fields in this order.
///
///     0 index 16    1 source    2 direction 8    3 user ("")    4 path MTU 16 (none learned)
///     5 size of its contexts 32 (not told)    6 selectors (any packet)
///     7 what keeps it from moving: 8 = 1 where a renewal ends that, and a sentence (nothing)
///
/// In parentheses what an absent field means.
package struct OriginBlock: Equatable, Sendable {
    package let index: UInt16
    private let source: IPAddress
    private let direction: Direction
    private let user: String
    private let pathMTU: UInt16?
    private let contextOctets: UInt32?
    private let selectors: [TrafficSelector]
    private let obstacle: MoveObstacle?

    package init(index: UInt16, _ summary: AssociationSummary) {
        (self.index, source, direction) = (index, summary.source, summary.direction)
        (user, pathMTU, contextOctets) = (summary.user, summary.pathMTU, summary.contextOctets)
        (selectors, obstacle) = (summary.selectors, summary.obstacle)
    }

    /// The summary of the SA that the offer is of.
    package func summary(_ offer: AssociationOffer) -> AssociationSummary {
        AssociationSummary(
            offer: offer, source: source, direction: direction, user: user, pathMTU: pathMTU,
            contextOctets: contextOctets, selectors: selectors, obstacle: obstacle)
    }

    package init(_ block: ContextDataBlock) throws(WireError) {
        var fields = try BlockReader(block)
        index = try fields.required(.index) { (r) throws(WireError) in try r.integer() }
        source = try fields.required(.address) { (r) throws(WireError) in try r.address() }
        direction = try fields.required(.direction) { (r) throws(WireError) in try r.value(.direction) }
        user = try fields.field(.user, default: "") { (r) throws(WireError) in try r.text(.user) }
        pathMTU = try fields.optional { (r) throws(WireError) in try r.integer() }
        contextOctets = try fields.optional { (r) throws(WireError) in try r.integer() }
        selectors = try fields.field(.selectors, default: []) { (r) throws(WireError) in try r.selectors() }
        obstacle = try fields.optional { (r) throws(WireError) -> MoveObstacle in
            let ends = try r.integer(UInt8.self)
            guard ends <= 1 else { throw .badValue(.obstacle) }
            return MoveObstacle(try r.text(.obstacle), endsWithRenewal: ends == 1)
        }
        try fields.finish()
    }

    package func encoded() throws(WireError) -> ContextDataBlock {
        var fields = BlockWriter(.origin)
        try fields.field { (w) throws(WireError) in w.append(index) }
        try fields.field { (w) throws(WireError) in w.address(source) }
        try fields.field { (w) throws(WireError) in w.append(direction.rawValue) }
        try fields.field(user, default: "") { (w, v) throws(WireError) in try w.text(v, .user) }
        try fields.optional(pathMTU) { (w, v) throws(WireError) in w.append(v) }
        try fields.optional(contextOctets) { (w, v) throws(WireError) in w.append(v) }
        try fields.field(selectors, default: []) { (w, v) throws(WireError) in try w.selectors(v) }
        try fields.optional(obstacle) { (w, v) throws(WireError) in
            w.append(UInt8(v.endsWithRenewal ? 1 : 0))
            try w.text(v.reason, .obstacle)
        }
        return try fields.block()
    }
}
