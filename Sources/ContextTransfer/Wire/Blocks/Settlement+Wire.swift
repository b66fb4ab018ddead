/// How a move ended at the taker: a block of type 0xFF0A, its fields in this order.
///
///     0 kind 8: 1 installed, 2 cancelled, 3 lost    1 reason, only where cancelled
extension Settlement {
    package init(_ block: ContextDataBlock) throws(WireError) {
        var fields = try BlockReader(block)
        let kind = try fields.required(.settlement) { (r) throws(WireError) in
            try r.value(.settlement, SettlementKind.self)
        }
        let reason = try fields.optional { (r) throws(WireError) in try r.reason() }
        try fields.finish()
        switch (kind, reason) {
        case (.installed, nil): self = .installed
        case (.cancelled, let reason?): self = .cancelled(reason)
        case (.lost, nil): self = .lost
        default: throw .badValue(.settlement)
        }
    }

    package func encoded() throws(WireError) -> ContextDataBlock {
        let (kind, reason): (SettlementKind, MoveReason?) =
            switch self {
            case .installed: (.installed, nil)
            case .cancelled(let reason): (.cancelled, reason)
            case .lost: (.lost, nil)
            }
        var fields = BlockWriter(.settlement)
        try fields.field { (w) throws(WireError) in w.append(kind.rawValue) }
        try fields.optional(reason) { (w, v) throws(WireError) in try w.reason(v) }
        return try fields.block()
    }
}

/// The first field of a settlement.
package enum SettlementKind: UInt8, Hashable, Sendable, CaseIterable {
    case installed = 1
    case cancelled = 2
    case lost = 3
}
