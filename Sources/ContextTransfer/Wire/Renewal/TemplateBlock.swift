import IPsec

/// What stays of an SA that is negotiated anew: a block of type 0xFF27, its fields in this order.
///
///      0 index 16            1 SA identifier       2 source              3 direction 8
///      4 suite 40            5 mode 8 (tunnel)     6 name ("")           7 user ("")
///      8 flags 8 (0)         9 window 16 (64)     10 soft s  11 soft bytes  12 soft packets
///     13 hard s             14 hard bytes         15 hard packets (each none)
///     16 selectors (none)   17 UDP ports 2 × 16 (none)
///
/// The flags are those of a static context. In parentheses what an absent field means.
struct TemplateBlock: Equatable, Sendable {
    let index: UInt16
    let template: AssociationTemplate

    init(index: UInt16, template: AssociationTemplate) { (self.index, self.template) = (index, template) }

    init(_ block: ContextDataBlock) throws(WireError) {
        guard block.feature == FeatureProfile.template.rawValue else { throw .unexpectedBlock(block.feature) }
        var fields = try BlockReader(block)
        index = try fields.required(.index) { (r) throws(WireError) in try r.integer() }
        let identifier = try fields.required(.spi) { (r) throws(WireError) in try r.identifier() }
        let source = try fields.required(.address) { (r) throws(WireError) in try r.address() }
        let direction = try fields.required(.direction) { (r) throws(WireError) in
            try r.value(.direction, Direction.self)
        }
        let suite = try fields.required(.suite) { (r) throws(WireError) in try r.suite() }
        guard suite.securityProtocol == identifier.securityProtocol else { throw .badValue(.securityProtocol) }
        let mode = try fields.field(.mode, default: ProtocolMode.tunnel) { (r) throws(WireError) in
            try r.mode()
        }
        let name = try fields.field(.name, default: "") { (r) throws(WireError) in try r.text(.name) }
        let user = try fields.field(.user, default: "") { (r) throws(WireError) in try r.text(.user) }
        let flags = try fields.field(.flags, default: 0) { (r) throws(WireError) in try r.integer(UInt8.self) }
        guard flags & 0xe0 == 0 else { throw .reservedBitsSet }
        guard let dontFragment = DontFragment(rawValue: flags >> 3) else { throw .badValue(.flags) }
        let window = try fields.field(.windowSize, default: 64) { (r) throws(WireError) in try r.integer(UInt16.self) }
        let windowSize = try OctetReader.windowSize(window)
        let (soft, hard) = (try fields.lifetime(), try fields.lifetime())
        let selectors = try fields.field(.selectors, default: []) { (r) throws(WireError) in try r.selectors() }
        let encapsulation = try fields.optional { (r) throws(WireError) in
            UDPEncapsulation(source: try r.integer(), destination: try r.integer())
        }
        try fields.finish()
        template = AssociationTemplate(
            name: name, user: user, replaces: identifier, source: source, direction: direction, suite: suite,
            mode: mode, extendedSequenceNumbers: flags & 0x01 != 0, endsAtOverflow: flags & 0x02 == 0,
            replayWindowSize: windowSize, softLifetime: soft, hardLifetime: hard, selectors: selectors,
            encapsulation: encapsulation, copiesDSCP: flags & 0x04 == 0, dontFragment: dontFragment)
    }

    func encoded() throws(WireError) -> ContextDataBlock {
        guard template.suite.securityProtocol == template.replaces.securityProtocol else {
            throw .badValue(.securityProtocol)
        }
        let window = try OctetWriter.windowSize(template.replayWindowSize)
        var fields = BlockWriter(.template)
        try fields.field { (w) throws(WireError) in w.append(index) }
        try fields.field { (w) throws(WireError) in try w.identifier(template.replaces) }
        try fields.field { (w) throws(WireError) in w.address(template.source) }
        try fields.field { (w) throws(WireError) in w.append(template.direction.rawValue) }
        try fields.field { (w) throws(WireError) in w.suite(template.suite) }
        try fields.field(template.mode, default: .tunnel) { (w, v) throws(WireError) in w.append(v.rawValue) }
        try fields.field(template.name, default: "") { (w, v) throws(WireError) in try w.text(v, .name) }
        try fields.field(template.user, default: "") { (w, v) throws(WireError) in try w.text(v, .user) }
        try fields.field(flags, default: 0) { (w, v) throws(WireError) in w.append(v) }
        try fields.field(window, default: 64) { (w, v) throws(WireError) in w.append(v) }
        try fields.lifetime(template.softLifetime)
        try fields.lifetime(template.hardLifetime)
        try fields.field(template.selectors, default: []) { (w, v) throws(WireError) in try w.selectors(v) }
        try fields.optional(template.encapsulation) { (w, v) throws(WireError) in
            w.append(v.source)
            w.append(v.destination)
        }
        return try fields.block()
    }

    private var flags: UInt8 {
        (template.extendedSequenceNumbers ? 0x01 : 0) | (template.endsAtOverflow ? 0 : 0x02)
            | (template.copiesDSCP ? 0 : 0x04) | template.dontFragment.rawValue << 3
    }
}
