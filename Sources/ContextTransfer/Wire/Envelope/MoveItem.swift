import ForwardingPath
import IPsec

/// One block of a move's message after its identity, as a value.
enum MoveItem: Equatable, Sendable {
    case association(StaticContextBlock)
    case dynamic(DynamicContextBlock)
    case policy(PolicyBlock)
    case profile(UserProfile)
    case query(QueryBlock)
    case offer(OfferBlock)
    case origin(OriginBlock)
    case path(PathBlock)
    case place(PlaceBlock)
    case verdict(UInt16, Verdict)
    case identifier(UInt16, SAIdentifier)
    case reason(MoveReason)
    case settlement(Settlement)
    case end(HolderEnd)
    case approver(String)
    case update(UInt16, GatewayUpdate)
    case terms(SPIConflictPolicy)

    init(_ block: ContextDataBlock) throws(WireError) {
        guard let feature = FeatureProfile(rawValue: block.feature) else { throw .unknownBlock(block.feature) }
        switch feature {
        case .identity, .exchange, .keyShare, .suites, .confirmation, .renewal, .abilities, .renewalTask, .template,
            .child,
            .authorization, .subject:
            throw .unexpectedBlock(block.feature)
        case .staticContext: self = .association(try StaticContextBlock(block))
        case .dynamicContext: self = .dynamic(try DynamicContextBlock(block))
        case .policy: self = .policy(try PolicyBlock(block))
        case .userProfile: self = .profile(try UserProfile(block))
        case .query: self = .query(try QueryBlock(block))
        case .offer: self = .offer(try OfferBlock(block))
        case .origin: self = .origin(try OriginBlock(block))
        case .path: self = .path(try PathBlock(block))
        case .place: self = .place(try PlaceBlock(block))
        case .settlement: self = .settlement(try Settlement(block))
        case .verdict, .identifier, .reason, .holderEnd, .approver, .update, .terms:
            try self.init(small: feature, block)
        }
    }

    /// The blocks of a few fields: for a verdict the index and the reason against it or the new name, for an identifier
    /// the index and the identifier, for an update the index and what is told, for terms what to do where an SPI is in use
    /// (1 deny, 2 renegotiate, 3 reassign), for the others the one value.
    private init(small feature: FeatureProfile, _ block: ContextDataBlock) throws(WireError) {
        var fields = try BlockReader(block)
        switch feature {
        case .verdict:
            let index = try fields.required(.index) { (r) throws(WireError) in try r.integer(UInt16.self) }
            let reason = try fields.optional { (r) throws(WireError) in try r.reason() }
            let name = try fields.optional { (r) throws(WireError) in try r.gatewayName() }
            guard reason == nil || name == nil else { throw .badValue(.reason) }
            self = .verdict(index, reason.map { .refused($0) } ?? name.map { .renamed($0) } ?? .accepted)
        case .identifier:
            let index = try fields.required(.index) { (r) throws(WireError) in try r.integer(UInt16.self) }
            self = .identifier(index, try fields.required(.spi) { (r) throws(WireError) in try r.identifier() })
        case .reason:
            self = .reason(try fields.required(.reason) { (r) throws(WireError) in try r.reason() })
        case .holderEnd:
            self = .end(try fields.required(.end) { (r) throws(WireError) in try r.value(.end) })
        case .approver:
            self = .approver(try fields.required(.user) { (r) throws(WireError) in try r.text(.user) })
        case .update:
            let index = try fields.required(.index) { (r) throws(WireError) in try r.integer(UInt16.self) }
            let identifier = try fields.required(.spi) { (r) throws(WireError) in try r.identifier() }
            let name = try fields.required(.address) { (r) throws(WireError) in try r.gatewayName() }
            let order = try fields.required(.sequence) { (r) throws(WireError) in try r.integer(UInt32.self) }
            self = .update(index, GatewayUpdate(identifier: identifier, name: name, order: order))
        case .terms:
            let code = try fields.required(.flags) { (r) throws(WireError) in try r.integer(UInt8.self) }
            guard code > 0, Int(code) <= Self.policies.count else { throw .badValue(.flags) }
            self = .terms(Self.policies[Int(code) - 1])
        case .identity, .staticContext, .dynamicContext, .policy, .userProfile, .query, .offer, .origin, .path, .place,
            .settlement, .exchange, .keyShare, .suites, .confirmation, .renewal, .abilities, .renewalTask, .template,
            .child,
            .authorization, .subject:
            throw .unexpectedBlock(feature.rawValue)
        }
        try fields.finish()
    }

    private static let policies: [SPIConflictPolicy] = [.deny, .renegotiate, .reassign]

    func encoded() throws(WireError) -> ContextDataBlock {
        switch self {
        case .association(let block): return try block.encoded()
        case .dynamic(let block): return try block.encoded()
        case .policy(let block): return try block.encoded()
        case .profile(let profile): return try profile.encoded()
        case .query(let block): return try block.encoded()
        case .offer(let block): return try block.encoded()
        case .origin(let block): return try block.encoded()
        case .path(let block): return try block.encoded()
        case .place(let block): return try block.encoded()
        case .settlement(let settlement): return try settlement.encoded()
        case .verdict(let index, let verdict):
            var fields = BlockWriter(.verdict)
            try fields.field { (w) throws(WireError) in w.append(index) }
            try fields.optional(verdict.reason) { (w, v) throws(WireError) in try w.reason(v) }
            try fields.optional(verdict.name) { (w, v) throws(WireError) in w.gatewayName(v) }
            return try fields.block()
        case .identifier(let index, let identifier):
            var fields = BlockWriter(.identifier)
            try fields.field { (w) throws(WireError) in w.append(index) }
            try fields.field { (w) throws(WireError) in try w.identifier(identifier) }
            return try fields.block()
        case .update(let index, let update):
            var fields = BlockWriter(.update)
            try fields.field { (w) throws(WireError) in w.append(index) }
            try fields.field { (w) throws(WireError) in try w.identifier(update.identifier) }
            try fields.field { (w) throws(WireError) in w.gatewayName(update.name) }
            try fields.field { (w) throws(WireError) in w.append(update.order) }
            return try fields.block()
        case .terms(let policy):
            var fields = BlockWriter(.terms)
            let code = UInt8(Self.policies.firstIndex(of: policy) ?? 0) + 1
            try fields.field { (w) throws(WireError) in w.append(code) }
            return try fields.block()
        case .reason(let reason):
            var fields = BlockWriter(.reason)
            try fields.field { (w) throws(WireError) in try w.reason(reason) }
            return try fields.block()
        case .end(let end):
            var fields = BlockWriter(.holderEnd)
            try fields.field { (w) throws(WireError) in w.append(end.rawValue) }
            return try fields.block()
        case .approver(let name):
            var fields = BlockWriter(.approver)
            try fields.field { (w) throws(WireError) in try w.text(name, .user) }
            return try fields.block()
        }
    }

    /// The type of the block that the value is written in.
    var feature: FeatureProfile {
        switch self {
        case .association: .staticContext
        case .dynamic: .dynamicContext
        case .policy: .policy
        case .profile: .userProfile
        case .query: .query
        case .offer: .offer
        case .origin: .origin
        case .path: .path
        case .place: .place
        case .verdict: .verdict
        case .identifier: .identifier
        case .reason: .reason
        case .settlement: .settlement
        case .end: .holderEnd
        case .approver: .approver
        case .update: .update
        case .terms: .terms
        }
    }
}
