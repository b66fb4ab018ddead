import ForwardingPath
import IPsec

/// What a gateway can: a block of type 0xFF25, its fields in this order.
///
///     0 suites: count 8, 40 bits each    1 SPI conflict 8 (0): 0 deny, 1 renegotiate, 2 reassign
///     2 it cannot give another SPI 8 = 1 (it can)
///
/// In parentheses what an absent field means. The verdicts have blocks of their own.
extension TakerWord {
    private static let policies: [SPIConflictPolicy] = [.deny, .renegotiate, .reassign]

    init(_ block: ContextDataBlock, verdicts: [Verdict]) throws(WireError) {
        guard block.feature == FeatureProfile.abilities.rawValue else { throw .unexpectedBlock(block.feature) }
        var fields = try BlockReader(block)
        let suites = try fields.required(.suite) { (r) throws(WireError) -> [AlgorithmSuite] in
            var suites: [AlgorithmSuite] = []
            for _ in 0..<(try r.integer(UInt8.self)) { suites.append(try r.suite()) }
            return suites
        }
        let code = try fields.field(.flags, default: 0) { (r) throws(WireError) in try r.integer(UInt8.self) }
        let fixed = try fields.field(.flags, default: 0) { (r) throws(WireError) in try r.integer(UInt8.self) }
        try fields.finish()
        guard fixed <= 1 else { throw .badValue(.flags) }
        guard Int(code) < Self.policies.count else { throw .badValue(.flags) }
        self.init(verdicts: verdicts, suites: suites, spiConflict: Self.policies[Int(code)], canReassign: fixed == 0)
    }

    func encoded() throws(WireError) -> ContextDataBlock {
        guard suites.count <= 255 else { throw .tooMany(.suite, limit: 255) }
        var fields = BlockWriter(.abilities)
        try fields.field { (w) throws(WireError) in
            w.append(UInt8(suites.count))
            for suite in suites { w.suite(suite) }
        }
        let code = UInt8(Self.policies.firstIndex(of: spiConflict) ?? 0)
        try fields.field(code, default: 0) { (w, v) throws(WireError) in w.append(v) }
        try fields.field(!canReassign) { (w) throws(WireError) in w.append(1 as UInt8) }
        return try fields.block()
    }
}
