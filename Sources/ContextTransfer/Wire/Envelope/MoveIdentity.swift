package import ForwardingPath
package import IPsec

/// Which move a message belongs to: a block of type 0xFF00, the first of each message, its fields in this order.
///
///     0 move 128    1 sender 8    2 receiver 8    3 holder    4 source    5 target    6 taker
///     7 realm (default)    8 purpose 8 (0, as below)    9 part 16, last 8 (the only one)    10 mobile node (none)
///
/// The purpose of a PCTD: 0 to prepare, 1 collected, 2 to prepare and to redirect only when asked; 3 and 4 as 0 and 2,
/// where the far end knows the gateway by its own address.
/// In parentheses what an absent field means. The names are the nodes that play the roles.
package struct MoveIdentity: Hashable, Sendable {
    package let id: MoveID
    package let sender: MoveRole
    package let receiver: MoveRole
    package let route: MoveRoute
    package let realm: Realm
    package let purpose: Purpose
    /// `nil` where the message is the whole envelope.
    package var part: MovePart?

    /// Tells messages of the same type apart.
    package enum Purpose: UInt8, Hashable, Sendable, CaseIterable {
        case prepare = 0
        case collected = 1
        case prepareToBeAsked = 2
        case prepareDirect = 3
        case prepareDirectToBeAsked = 4

        fileprivate init(preparing contexts: MoveContexts) {
            self =
                switch (contexts.identity, contexts.redirectsWhenAsked) {
                case (.indirect, false): .prepare
                case (.indirect, true): .prepareToBeAsked
                case (.direct, false): .prepareDirect
                case (.direct, true): .prepareDirectToBeAsked
                }
        }

        /// Whether it has the taker redirect only when it is asked.
        var redirectsWhenAsked: Bool { self == .prepareToBeAsked || self == .prepareDirectToBeAsked }
        /// How the far end knows the gateway.
        var identity: GatewayIdentity {
            self == .prepareDirect || self == .prepareDirectToBeAsked ? .direct : .indirect
        }
    }

    /// The node that a message of a move says that it is from, by the part that its sender plays in the route.
    package static func senderName(of message: [UInt8]) throws(WireError) -> NodeName {
        let identity = try MoveFragment(message).identity
        guard let name = identity.route[identity.sender] else { throw .missing(.nodeName) }
        return name
    }

    package init(_ envelope: MoveEnvelope) {
        (id, sender, receiver) = (envelope.id, envelope.sender, envelope.receiver)
        (route, realm) = (envelope.route, envelope.subject.realm)
        purpose =
            switch envelope.message {
            case .collected: .collected
            case .prepare(let contexts): Purpose(preparing: contexts)
            default: .prepare
            }
    }

    package init(_ block: ContextDataBlock) throws(WireError) {
        var fields = try BlockReader(block)
        id = try fields.required(.moveID) { (r) throws(WireError) in MoveID(try r.integer()) }
        sender = try fields.required(.role) { (r) throws(WireError) in try r.value(.role) }
        receiver = try fields.required(.role) { (r) throws(WireError) in try r.value(.role) }
        var names: [NodeName] = []
        for _ in 0..<4 { names.append(try fields.required(.nodeName) { (r) throws(WireError) in try r.nodeName() }) }
        realm = try fields.field(.realm, default: Realm.default) { (r) throws(WireError) in try r.realm() }
        purpose = try fields.field(.purpose, default: Purpose.prepare) { (r) throws(WireError) in
            try r.value(.purpose)
        }
        part = try fields.optional { (r) throws(WireError) -> MovePart in
            let (number, last) = (try r.integer(UInt16.self), try r.integer(UInt8.self))
            // The first of several parts is not the last.
            guard last <= 1, number > 0 || last == 0 else { throw .badValue(.part) }
            return MovePart(number: number, isLast: last == 1)
        }
        let mobile = try fields.optional { (r) throws(WireError) in try r.nodeName() }
        try fields.finish()
        route = MoveRoute(holder: names[0], source: names[1], target: names[2], taker: names[3], mobile: mobile)
        guard route[sender] != nil, route[receiver] != nil else { throw .missing(.nodeName) }
    }

    package func encoded() throws(WireError) -> ContextDataBlock {
        var fields = BlockWriter(.identity)
        try fields.field { (w) throws(WireError) in w.append(id.value) }
        try fields.field { (w) throws(WireError) in w.append(sender.rawValue) }
        try fields.field { (w) throws(WireError) in w.append(receiver.rawValue) }
        for name in [route.holder, route.source, route.target, route.taker] {
            try fields.field { (w) throws(WireError) in try w.text(name.text, .nodeName) }
        }
        try fields.field(realm, default: .default) { (w, v) throws(WireError) in try w.realm(v) }
        try fields.field(purpose, default: .prepare) { (w, v) throws(WireError) in w.append(v.rawValue) }
        try fields.optional(part) { (w, v) throws(WireError) in
            w.append(v.number)
            w.append((v.isLast ? 1 : 0) as UInt8)
        }
        try fields.optional(route.mobile) { (w, v) throws(WireError) in try w.text(v.text, .nodeName) }
        return try fields.block()
    }
}

extension OctetReader {
    mutating func nodeName() throws(WireError) -> NodeName {
        guard let name = NodeName(try text(.nodeName)) else { throw .badValue(.nodeName) }
        return name
    }
}
