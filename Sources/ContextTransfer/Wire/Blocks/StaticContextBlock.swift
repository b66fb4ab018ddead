package import IPsec

/// The static context of one SA (draft section 7.3.1): a block of type 0xFF01, its fields in this order.
///
///      0 index 16            1 SPI 32              2 protocol 8 (ESP)     3 mode 8 (tunnel)
///      4 direction 8         5 source              6 destination          7 realm (default)
///      8 name ("")           9 user ("")          10 encryption 16, key octets 8 (none)
///     11 integrity 16 (none)                      12 block octets 8       13 IV mode 8
///     14 flags 8 (0)        15 window 16 (64)     16 soft s  17 soft bytes  18 soft packets
///     19 hard s             20 hard bytes         21 hard packets (each none)
///     22 selectors (none)   23 UDP ports 2 × 16 (none)                    24 encryption key  25 integrity key
///
///     flags:  0 1 2 3 4 5 6 7      E extended sequence numbers, O goes on after overflow,
///             |0 0 0|DF |C|O|E|    C does not copy DSCP, DF 0 copy, 1 set, 2 clear
///
/// In parentheses what an absent field means. The keys come last, with the length that the algorithms give, the salt
/// at the encryption key's end; a window of 0 packets says that anti-replay is off.
package struct StaticContextBlock: Equatable, Sendable {
    package let index: UInt16
    package let association: SecurityAssociation

    package init(index: UInt16, association: SecurityAssociation) {
        (self.index, self.association) = (index, association)
    }

    package init(_ block: ContextDataBlock) throws(WireError) {
        var fields = try BlockReader(block)
        index = try fields.required(.index) { (r) throws(WireError) in try r.integer() }
        let spi = try fields.required(.spi) { (r) throws(WireError) in try r.spi() }
        let securityProtocol = try fields.field(.securityProtocol, default: SecurityProtocol.esp) {
            (r) throws(WireError) in try r.value(.securityProtocol)
        }
        let mode = try fields.field(.mode, default: ProtocolMode.tunnel) { (r) throws(WireError) in
            try r.mode()
        }
        let direction = try fields.required(.direction) { (r) throws(WireError) in
            try r.value(.direction, Direction.self)
        }
        let source = try fields.required(.address) { (r) throws(WireError) in try r.address() }
        let destination = try fields.required(.address) { (r) throws(WireError) in try r.address() }
        let realm = try fields.field(.realm, default: Realm.default) { (r) throws(WireError) in try r.realm() }
        let name = try fields.field(.name, default: "") { (r) throws(WireError) in try r.text(.name) }
        let user = try fields.field(.user, default: "") { (r) throws(WireError) in try r.text(.user) }
        let suite = try fields.suite()
        guard suite.securityProtocol == securityProtocol else { throw .badValue(.securityProtocol) }
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
        let keys = try fields.keys(of: suite)
        try fields.finish()

        var attributes = StaticAttributes(mode: mode, keys: keys)
        attributes.extendedSequenceNumbers = flags & 0x01 != 0
        attributes.endsAtOverflow = flags & 0x02 == 0
        attributes.copiesDSCP = flags & 0x04 == 0
        attributes.dontFragment = dontFragment
        attributes.replayWindowSize = windowSize
        (attributes.softLifetime, attributes.hardLifetime) = (soft, hard)
        attributes.selectors = selectors
        attributes.encapsulation = encapsulation
        let identifier = SAIdentifier(
            spi: spi, destination: destination, securityProtocol: securityProtocol, realm: realm)
        association = SecurityAssociation(
            name: name, user: user, identifier: identifier, source: source, direction: direction,
            attributes: attributes)
    }

    package func encoded() throws(WireError) -> ContextDataBlock {
        let (identifier, attributes) = (association.identifier, association.attributes)
        let suite = attributes.keys.suite
        guard suite.securityProtocol == identifier.securityProtocol else { throw .badValue(.securityProtocol) }
        let window = try OctetWriter.windowSize(attributes.replayWindowSize)

        var fields = BlockWriter(.staticContext)
        try fields.field { (w) throws(WireError) in w.append(index) }
        try fields.field { (w) throws(WireError) in w.append(identifier.spi.value) }
        try fields.field(identifier.securityProtocol, default: .esp) { (w, v) throws(WireError) in
            w.append(v.rawValue)
        }
        try fields.field(attributes.mode, default: .tunnel) { (w, v) throws(WireError) in w.append(v.rawValue) }
        try fields.field { (w) throws(WireError) in w.append(association.direction.rawValue) }
        try fields.field { (w) throws(WireError) in w.address(association.source) }
        try fields.field { (w) throws(WireError) in w.address(identifier.destination) }
        try fields.field(identifier.realm, default: .default) { (w, v) throws(WireError) in try w.realm(v) }
        try fields.field(association.name, default: "") { (w, v) throws(WireError) in try w.text(v, .name) }
        try fields.field(association.user, default: "") { (w, v) throws(WireError) in try w.text(v, .user) }
        try fields.suite(suite)
        try fields.field(flags, default: 0) { (w, v) throws(WireError) in w.append(v) }
        try fields.field(window, default: 64) { (w, v) throws(WireError) in w.append(v) }
        try fields.lifetime(attributes.softLifetime)
        try fields.lifetime(attributes.hardLifetime)
        try fields.field(attributes.selectors, default: []) { (w, v) throws(WireError) in try w.selectors(v) }
        try fields.optional(attributes.encapsulation) { (w, v) throws(WireError) in
            w.append(v.source)
            w.append(v.destination)
        }
        try fields.keys(attributes.keys)
        return try fields.block()
    }

    private var flags: UInt8 {
        let attributes = association.attributes
        return (attributes.extendedSequenceNumbers ? 0x01 : 0) | (attributes.endsAtOverflow ? 0 : 0x02)
            | (attributes.copiesDSCP ? 0 : 0x04) | attributes.dontFragment.rawValue << 3
    }
}
