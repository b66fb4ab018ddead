package import IPsec

/// A policy that uses an SA: a block of type 0xFF03, its fields in this order.
///
///     0 index 16 of the SA    1 name    2 direction 8    3 selectors (none)    4 action 8 (protect)
///     5 the user whose it is (the operator's)            6 SA identifier (none)
///     7 its place, the lowest first 32 (as the stack finds it)
///
/// In parentheses what an absent field means.
package struct PolicyBlock: Equatable, Sendable {
    package let index: UInt16
    package let policy: Policy

    package init(index: UInt16, policy: Policy) { (self.index, self.policy) = (index, policy) }

    package init(_ block: ContextDataBlock) throws(WireError) {
        var fields = try BlockReader(block)
        index = try fields.required(.index) { (r) throws(WireError) in try r.integer() }
        let name = try fields.required(.name) { (r) throws(WireError) in try r.text(.name) }
        let direction = try fields.required(.direction) { (r) throws(WireError) in
            try r.value(.direction, Direction.self)
        }
        let selectors = try fields.field(.selectors, default: []) { (r) throws(WireError) in try r.selectors() }
        let action = try fields.field(.action, default: PolicyAction.protect) { (r) throws(WireError) in
            try r.value(.action)
        }
        let user = try fields.optional { (r) throws(WireError) in try r.text(.origin) }
        let association = try fields.optional { (r) throws(WireError) in try r.identifier() }
        let priority = try fields.optional { (r) throws(WireError) in try r.integer(UInt32.self) }
        try fields.finish()
        var policy = Policy(
            name: name, direction: direction, selectors: selectors, action: action,
            origin: user.map { .user($0) } ?? .static, association: association)
        policy.priority = priority
        self.policy = policy
    }

    package func encoded() throws(WireError) -> ContextDataBlock {
        var fields = BlockWriter(.policy)
        try fields.field { (w) throws(WireError) in w.append(index) }
        try fields.field { (w) throws(WireError) in try w.text(policy.name, .name) }
        try fields.field { (w) throws(WireError) in w.append(policy.direction.rawValue) }
        try fields.field(policy.selectors, default: []) { (w, v) throws(WireError) in try w.selectors(v) }
        try fields.field(policy.action, default: .protect) { (w, v) throws(WireError) in w.append(v.rawValue) }
        try fields.optional(user) { (w, v) throws(WireError) in try w.text(v, .origin) }
        try fields.optional(policy.association) { (w, v) throws(WireError) in try w.identifier(v) }
        try fields.optional(policy.priority) { (w, v) throws(WireError) in w.append(v) }
        return try fields.block()
    }

    private var user: String? {
        switch policy.origin {
        case .static: nil
        case .user(let user): user
        }
    }
}
