package import ForwardingPath
import IPsec

/// What a query says beside its SAs: a block of type 0xFF05, its fields in this order.
///
///     0 who asked    1 approval needed 8 = 1 (no)    2 subject: address, realm (the message's own)
///     3 lead 8: approval 3 (0: as configured; 1 automatic, 2 source, 3 target, 4 both), 0x80 stepping (not a request)
///     4 group 128 (alone)    5 gateway identity 8 = 1 direct (indirect)    6 drain 128 (none)
///
/// In parentheses what an absent field means.
package struct QueryBlock: Equatable, Sendable {
    package let requestedBy: String
    package let needsApproval: Bool
    /// `nil` where it is the subject of the message.
    package let subject: MoveSubject?
    /// There when the previous router is asked to lead the move.
    package let lead: Lead?
    /// The group that the move is a part of; `nil` where it is alone.
    package let group: MoveID?
    /// How the far end knows the gateway.
    package let identity: GatewayIdentity
    /// The drain that the move is a part of; `nil` where it is of none.
    package let drain: MoveID?

    /// How the move is to be led.
    package struct Lead: Hashable, Sendable {
        /// `nil`: as the previous router is configured.
        package let approval: ApprovalPolicy?
        package let stepping: Bool

        package init(approval: ApprovalPolicy?, stepping: Bool) {
            (self.approval, self.stepping) = (approval, stepping)
        }
    }

    package init(
        requestedBy: String, needsApproval: Bool, subject: MoveSubject?, lead: Lead? = nil, group: MoveID? = nil,
        identity: GatewayIdentity = .indirect, drain: MoveID? = nil
    ) {
        (self.requestedBy, self.needsApproval) = (requestedBy, needsApproval)
        (self.subject, self.lead, self.group, self.identity) = (subject, lead, group, identity)
        self.drain = drain
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
        lead = try fields.optional { (r) throws(WireError) in try Lead(try r.integer(UInt8.self)) }
        group = try fields.optional { (r) throws(WireError) in MoveID(try r.integer()) }
        let direct = try fields.field(.flags, default: 0) { (r) throws(WireError) in try r.integer(UInt8.self) }
        guard direct <= 1 else { throw .badValue(.flags) }
        identity = direct == 1 ? .direct : .indirect
        drain = try fields.optional { (r) throws(WireError) in MoveID(try r.integer()) }
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
        try fields.optional(lead) { (w, v) throws(WireError) in w.append(v.octet) }
        try fields.optional(group) { (w, v) throws(WireError) in w.append(v.value) }
        try fields.field(identity == .direct) { (w) throws(WireError) in w.append(1 as UInt8) }
        try fields.optional(drain) { (w, v) throws(WireError) in w.append(v.value) }
        return try fields.block()
    }
}

extension QueryBlock.Lead {
    private static let policies: [ApprovalPolicy] = [.automatic, .source, .target, .both]

    fileprivate init(_ octet: UInt8) throws(WireError) {
        let approval = Int(octet & 0x7f)
        guard approval <= Self.policies.count else { throw .badValue(.flags) }
        self.init(approval: approval == 0 ? nil : Self.policies[approval - 1], stepping: octet & 0x80 != 0)
    }

    fileprivate var octet: UInt8 {
        let approval = approval.flatMap(Self.policies.firstIndex).map { UInt8($0) + 1 } ?? 0
        return approval | (stepping ? 0x80 : 0)
    }
}
