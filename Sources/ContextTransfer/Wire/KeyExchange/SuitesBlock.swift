import IPsec

/// What one SA may be, or is: a block of type 0xFF22, its fields in this order.
///
///     0 index 16    1 suites: count 8, 40 bits each    2 SPI 32 (not the sender's to choose)
///
/// In parentheses what an absent field means. In the responder's message there is one suite.
struct SuitesBlock: Equatable, Sendable {
    let index: UInt16
    let suites: [AlgorithmSuite]
    let spi: SPI?

    init(index: UInt16, suites: [AlgorithmSuite], spi: SPI?) {
        (self.index, self.suites, self.spi) = (index, suites, spi)
    }

    init(_ block: ContextDataBlock) throws(WireError) {
        guard block.feature == FeatureProfile.suites.rawValue else { throw .unexpectedBlock(block.feature) }
        var fields = try BlockReader(block)
        index = try fields.required(.index) { (r) throws(WireError) in try r.integer() }
        suites = try fields.required(.suite) { (r) throws(WireError) -> [AlgorithmSuite] in
            var suites: [AlgorithmSuite] = []
            for _ in 0..<(try r.integer(UInt8.self)) { suites.append(try r.suite()) }
            return suites
        }
        spi = try fields.optional { (r) throws(WireError) in try r.spi() }
        try fields.finish()
    }

    func encoded() throws(WireError) -> ContextDataBlock {
        guard suites.count <= 255 else { throw .tooMany(.suite, limit: 255) }
        var fields = BlockWriter(.suites)
        try fields.field { (w) throws(WireError) in w.append(index) }
        try fields.field { (w) throws(WireError) in
            w.append(UInt8(suites.count))
            for suite in suites { w.suite(suite) }
        }
        try fields.optional(spi) { (w, v) throws(WireError) in w.append(v.value) }
        return try fields.block()
    }
}
