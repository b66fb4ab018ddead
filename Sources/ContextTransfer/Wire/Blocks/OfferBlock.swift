import IPsec

/// What a query says of one SA: a block of type 0xFF06, its fields in this order.
///
///     0 index 16    1 SA identifier    2 suite 40    3 mode 8 (tunnel)
///     4 extended sequence numbers 8 = 1 (no)         5 window 16 (64; 0 is anti-replay off)
///     6 name ("")    7 what its stack calls algorithms that are none of ours ("", and the suite is one of ours)
///
/// In parentheses what an absent field means.
package struct OfferBlock: Equatable, Sendable {
    package let index: UInt16
    package let offer: AssociationOffer

    package init(index: UInt16, offer: AssociationOffer) { (self.index, self.offer) = (index, offer) }

    package init(_ block: ContextDataBlock) throws(WireError) {
        var fields = try BlockReader(block)
        index = try fields.required(.index) { (r) throws(WireError) in try r.integer() }
        let identifier = try fields.required(.spi) { (r) throws(WireError) in try r.identifier() }
        let ours = try fields.required(.suite) { (r) throws(WireError) in try r.suiteOrForeign() }
        let mode = try fields.field(.mode, default: ProtocolMode.tunnel) { (r) throws(WireError) in
            try r.value(.mode)
        }
        let extended = try fields.field(.flags, default: 0) { (r) throws(WireError) in try r.integer(UInt8.self) }
        guard extended <= 1 else { throw .badValue(.flags) }
        let window = try fields.field(.windowSize, default: 64) { (r) throws(WireError) in try r.integer(UInt16.self) }
        let name = try fields.field(.name, default: "") { (r) throws(WireError) in try r.text(.name) }
        let foreign = try fields.optional { (r) throws(WireError) in try r.text(.algorithm) }
        try fields.finish()
        guard (ours == nil) == (foreign != nil) else { throw .badValue(.suite) }
        let suite =
            ours
            ?? AlgorithmSuite(
                foreign: AlgorithmSuite.Foreign(
                    name: foreign ?? "", securityProtocol: identifier.securityProtocol))
        offer = AssociationOffer(
            name: name, identifier: identifier, suite: suite, mode: mode, extendedSequenceNumbers: extended == 1,
            replayWindowSize: try OctetReader.windowSize(window))
    }

    package func encoded() throws(WireError) -> ContextDataBlock {
        let window = try OctetWriter.windowSize(offer.replayWindowSize)
        var fields = BlockWriter(.offer)
        try fields.field { (w) throws(WireError) in w.append(index) }
        try fields.field { (w) throws(WireError) in try w.identifier(offer.identifier) }
        try fields.field { (w) throws(WireError) in w.suite(offer.suite) }
        try fields.field(offer.mode, default: .tunnel) { (w, v) throws(WireError) in w.append(v.rawValue) }
        try fields.field(offer.extendedSequenceNumbers) { (w) throws(WireError) in w.append(1 as UInt8) }
        try fields.field(window, default: 64) { (w, v) throws(WireError) in w.append(v) }
        try fields.field(offer.name, default: "") { (w, v) throws(WireError) in try w.text(v, .name) }
        try fields.optional(offer.suite.foreign?.name) { (w, v) throws(WireError) in try w.text(v, .algorithm) }
        return try fields.block()
    }
}
