import ForwardingPath

/// Where one of the SAs is of which a router tells another: a block of type 0xFF42, its fields in this order.
///
///     0 index 16    1 gateway    2 the gateway at its other end (nobody told of it)
///
/// In parentheses what an absent field means.
package struct PlaceBlock: Equatable, Sendable {
    package let index: UInt16
    private let place: NodeName
    private let farPlace: NodeName?

    package init(index: UInt16, _ known: KnownAssociation) {
        (self.index, place, farPlace) = (index, known.place, known.farPlace)
    }

    /// What is known of the SA with that summary.
    package func known(_ summary: AssociationSummary) -> KnownAssociation {
        KnownAssociation(summary, at: place, farPlace: farPlace)
    }

    package init(_ block: ContextDataBlock) throws(WireError) {
        var fields = try BlockReader(block)
        index = try fields.required(.index) { (r) throws(WireError) in try r.integer() }
        place = try fields.required(.nodeName) { (r) throws(WireError) in try r.nodeName() }
        farPlace = try fields.optional { (r) throws(WireError) in try r.nodeName() }
        try fields.finish()
    }

    package func encoded() throws(WireError) -> ContextDataBlock {
        var fields = BlockWriter(.place)
        try fields.field { (w) throws(WireError) in w.append(index) }
        try fields.field { (w) throws(WireError) in try w.text(place.text, .nodeName) }
        try fields.optional(farPlace) { (w, v) throws(WireError) in try w.text(v.text, .nodeName) }
        return try fields.block()
    }
}
