package import IPsec

/// A user's profile: a block of type 0xFF04, its fields in this order.
///
///     0 user    1 suites (none): count 8, 40 bits each    2 modes (transport, tunnel): count 8, 8 bits each
///
/// In parentheses what an absent field means.
extension UserProfile {
    package init(_ block: ContextDataBlock) throws(WireError) {
        var fields = try BlockReader(block)
        let user = try fields.required(.user) { (r) throws(WireError) in try r.text(.user) }
        let suites = try fields.field(.suite, default: []) { (r) throws(WireError) -> [AlgorithmSuite] in
            var suites: [AlgorithmSuite] = []
            for _ in 0..<(try r.integer(UInt8.self)) { suites.append(try r.suite()) }
            return suites
        }
        let modes = try fields.field(.modes, default: ProtocolMode.standard) {
            (r) throws(WireError) -> [ProtocolMode] in
            var modes: [ProtocolMode] = []
            for _ in 0..<(try r.integer(UInt8.self)) { modes.append(try r.mode()) }
            return modes
        }
        try fields.finish()
        self.init(user: user, suites: suites, modes: modes)
    }

    package func encoded() throws(WireError) -> ContextDataBlock {
        guard suites.count <= 255 else { throw .tooMany(.suite, limit: 255) }
        guard modes.count <= 255 else { throw .tooMany(.modes, limit: 255) }
        var fields = BlockWriter(.userProfile)
        try fields.field { (w) throws(WireError) in try w.text(user, .user) }
        try fields.field(suites, default: []) { (w, v) throws(WireError) in
            w.append(UInt8(v.count))
            for suite in v { w.suite(suite) }
        }
        try fields.field(modes, default: ProtocolMode.standard) { (w, v) throws(WireError) in
            w.append(UInt8(v.count))
            for mode in v { w.append(mode.rawValue) }
        }
        return try fields.block()
    }
}
