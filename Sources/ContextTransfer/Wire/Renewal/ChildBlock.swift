import IPsec

/// A child SA as IKE daemons are configured for it: a block of type 0xFF28, its fields in this order.
///
///     0 index 16    1 connection    2 child
struct ChildBlock: Equatable, Sendable {
    let index: UInt16
    let child: ConfiguredChild

    init(index: UInt16, child: ConfiguredChild) { (self.index, self.child) = (index, child) }

    init(_ block: ContextDataBlock) throws(WireError) {
        guard block.feature == FeatureProfile.child.rawValue else { throw .unexpectedBlock(block.feature) }
        var fields = try BlockReader(block)
        index = try fields.required(.index) { (r) throws(WireError) in try r.integer() }
        let connection = try fields.required(.name) { (r) throws(WireError) in try r.text(.name) }
        let child = try fields.required(.name) { (r) throws(WireError) in try r.text(.name) }
        try fields.finish()
        self.child = ConfiguredChild(connection: connection, child: child)
    }

    func encoded() throws(WireError) -> ContextDataBlock {
        var fields = BlockWriter(.child)
        try fields.field { (w) throws(WireError) in w.append(index) }
        for name in [child.connection, child.child] {
            try fields.field { (w) throws(WireError) in try w.text(name, .name) }
        }
        return try fields.block()
    }
}
