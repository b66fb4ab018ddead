import IPsec

/// What a query says beside its SAs: a block of type 0xFF05, its fields in this order.
///
///     0 who asked    1 approval needed 8 = 1 (no)    2 subject: address, realm (the message's own)
///
/// In parentheses what an absent field means.
package struct QueryBlock: Equatable, Sendable {
    package let requestedBy: String
    package let needsApproval: Bool
    /// `nil` where it is the subject of the message.
    package let subject: MoveSubject?

    package init(requestedBy: String, needsApproval: Bool, subject: MoveSubject?) {
        (self.requestedBy, self.needsApproval, self.subject) = (requestedBy, needsApproval, subject)
    }

    package init(_ block: ContextDataBlock) throws(WireError) {
        var fields = try BlockReader(block)
        requestedBy = try fields.required(.user) { (r) throws(WireError) in try r.text(.user) }
        let approval = try fields.field(.flags, default: 0) { (r) throws(WireError) in try r.integer(UInt8.self) }
        guard approval <= 1 else { throw .badValue(.flags) }
        needsApproval = approval == 1
        subject = try fields.optional { (r) throws(WireError) in
            MoveSubject(address: try r.address(), realm: try r.realm())
        }
        try fields.finish()
    }

    package func encoded() throws(WireError) -> ContextDataBlock {
        var fields = BlockWriter(.query)
        try fields.field { (w) throws(WireError) in try w.text(requestedBy, .user) }
        try fields.field(needsApproval) { (w) throws(WireError) in w.append(1 as UInt8) }
        try fields.optional(subject) { (w, v) throws(WireError) in
            w.address(v.address)
            try w.realm(v.realm)
        }
        return try fields.block()
    }
}
