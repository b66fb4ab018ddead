/// How a move ended at the taker: a block of type 0xFF0A, its fields in this order.
///
///     0 kind 8: 1 installed, 2 cancelled, 3 lost    1 reason, only where cancelled
extension Settlement {
    package init(_ block: ContextDataBlock) throws(WireError) {
        var fields = try BlockReader(block)
        let kind = try fields.required(.settlement) { (r) throws(WireError) in try r.integer(UInt8.self) }
        let reason = try fields.optional { (r) throws(WireError) in try r.reason() }
        try fields.finish()
        switch (kind, reason) {
        case (1, nil): self = .installed
        case (2, let reason?): self = .cancelled(reason)
        case (3, nil): self = .lost
        default: throw .badValue(.settlement)
        }
    }

    package func encoded() throws(WireError) -> ContextDataBlock {
        let (kind, reason): (UInt8, MoveReason?) =
            switch self {
            case .installed: (1, nil)
            case .cancelled(let reason): (2, reason)
            case .lost: (3, nil)
            }
        var fields = BlockWriter(.settlement)
        try fields.field { (w) throws(WireError) in w.append(kind) }
        try fields.optional(reason) { (w, v) throws(WireError) in try w.reason(v) }
        return try fields.block()
    }
}
