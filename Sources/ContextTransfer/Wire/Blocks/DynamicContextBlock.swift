package import IPsec

/// The dynamic context of one SA (draft section 7.3.2): a block of type 0xFF02, its fields in this order.
///
///     0 index 16     1 last sent number     2 window (anti-replay off)     3 age in ms (0)
///     4 bytes (0)    5 packets (0)          6 path MTU 16 and its age in ms (none)
///     7 renamings 32 (0)    8 how often it was put in force 32 (1)
///
///     window: packets 16, highest number, words of the bitmap 8, the words 32 each
///
/// In parentheses what an absent field means. A number is a count of octets and the octets. Bit 0 of the first word of
/// the bitmap is the highest number; zero words at the end are left out.
package struct DynamicContextBlock: Equatable, Sendable {
    package let index: UInt16
    package let dynamic: DynamicAttributes

    package init(index: UInt16, dynamic: DynamicAttributes) {
        (self.index, self.dynamic) = (index, dynamic)
    }

    package init(_ block: ContextDataBlock) throws(WireError) {
        var fields = try BlockReader(block)
        var dynamic = DynamicAttributes()
        index = try fields.required(.index) { (r) throws(WireError) in try r.integer() }
        dynamic.lastSent = try fields.required(.lastSent) { (r) throws(WireError) in
            SequenceNumber(try r.number(.lastSent))
        }
        dynamic.window = try fields.optional { (r) throws(WireError) in try r.window() }
        let age = try fields.field(.age, default: 0) { (r) throws(WireError) in try r.number(.age) }
        dynamic.use.age = try Duration(wireMilliseconds: age, .age)
        dynamic.use.bytes = try fields.field(.bytes, default: 0) { (r) throws(WireError) in try r.number(.bytes) }
        dynamic.use.packets = try fields.field(.packets, default: 0) { (r) throws(WireError) in
            try r.number(.packets)
        }
        dynamic.pathMTU = try fields.optional { (r) throws(WireError) -> PathMTU in
            let octets = try r.integer(UInt16.self)
            guard octets >= 68 else { throw .badValue(.pathMTU) }
            return PathMTU(octets: octets, age: try Duration(wireMilliseconds: try r.number(.pathMTU), .pathMTU))
        }
        dynamic.renamings = try fields.field(.renamings, default: 0) { (r) throws(WireError) in try r.integer() }
        dynamic.installs = try fields.field(.installs, default: 1) { (r) throws(WireError) in try r.integer() }
        try fields.finish()
        self.dynamic = dynamic
    }

    package func encoded() throws(WireError) -> ContextDataBlock {
        let age = try dynamic.use.age.wireMilliseconds(.age)
        var fields = BlockWriter(.dynamicContext)
        try fields.field { (w) throws(WireError) in w.append(index) }
        try fields.field { (w) throws(WireError) in w.number(dynamic.lastSent.value) }
        try fields.optional(dynamic.window) { (w, v) throws(WireError) in w.window(v) }
        try fields.field(age, default: 0) { (w, v) throws(WireError) in w.number(v) }
        try fields.field(dynamic.use.bytes, default: 0) { (w, v) throws(WireError) in w.number(v) }
        try fields.field(dynamic.use.packets, default: 0) { (w, v) throws(WireError) in w.number(v) }
        try fields.optional(dynamic.pathMTU) { (w, v) throws(WireError) in
            guard v.octets >= 68 else { throw .badValue(.pathMTU) }
            w.append(v.octets)
            w.number(try v.age.wireMilliseconds(.pathMTU))
        }
        try fields.field(dynamic.renamings, default: 0) { (w, v) throws(WireError) in w.append(v) }
        try fields.field(dynamic.installs, default: 1) { (w, v) throws(WireError) in w.append(v) }
        return try fields.block()
    }
}

extension OctetReader {
    fileprivate mutating func window() throws(WireError) -> ReplayWindow {
        let size = Int(try integer(UInt16.self))
        guard ReplayWindow.sizes.contains(size) else { throw .badValue(.windowSize) }
        let highest = SequenceNumber(try number(.window))
        let count = Int(try integer(UInt8.self))
        guard count <= (size + 31) / 32 else { throw .badValue(.window) }
        var bitmap: [UInt32] = []
        for _ in 0..<count { bitmap.append(try integer()) }
        guard bitmap.last != 0 else { throw .notCanonical(.window) }
        bitmap += repeatElement(0, count: (size + 31) / 32 - count)
        guard let window = ReplayWindow(size: size, highest: highest, bitmap: bitmap) else { throw .badValue(.window) }
        return window
    }
}

extension OctetWriter {
    fileprivate mutating func window(_ window: ReplayWindow) {
        let bitmap = window.bitmap
        let count = bitmap.lastIndex { $0 != 0 }.map { $0 + 1 } ?? 0
        append(UInt16(window.size))
        number(window.highest.value)
        append(UInt8(count))
        for word in bitmap.prefix(count) { append(word) }
    }
}
