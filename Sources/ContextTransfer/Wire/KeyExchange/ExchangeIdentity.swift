import ForwardingPath
import IPsec

/// Which negotiation a message belongs to: a block of type 0xFF20, the first of each message, its fields in this order.
///
///     0 negotiation 128    1 sender    2 receiver    3 kind 8 (0)    4 failure 8, only where refused
///
/// The kind tells messages of one type apart: 0 is the initiator's, 1 the responder's, 2 a refusal.
/// In parentheses what an absent field means. The names are nodes.
struct ExchangeIdentity: Equatable, Sendable {
    let id: KeyExchangeID
    let sender: String
    let receiver: String
    let kind: Kind
    let failure: KeyExchangeFailure?

    enum Kind: UInt8, Hashable, Sendable, CaseIterable {
        case request = 0
        case reply = 1
        case refusal = 2
    }

    init(_ message: KeyExchangeMessage) {
        (id, sender, receiver) = (message.id, message.sender, message.receiver)
        switch message.content {
        case .hello, .proposal, .inUse: (kind, failure) = (.request, nil)
        case .share, .choice, .usedToo: (kind, failure) = (.reply, nil)
        case .refused(let reason): (kind, failure) = (.refusal, reason)
        }
    }

    init(_ block: ContextDataBlock) throws(WireError) {
        guard block.feature == FeatureProfile.exchange.rawValue else { throw .unexpectedBlock(block.feature) }
        var fields = try BlockReader(block)
        id = try fields.required(.exchange) { (r) throws(WireError) in
            KeyExchangeID(upper: try r.integer(), lower: try r.integer())
        }
        sender = try fields.required(.nodeName) { (r) throws(WireError) in try r.nodeName().text }
        receiver = try fields.required(.nodeName) { (r) throws(WireError) in try r.nodeName().text }
        kind = try fields.field(.purpose, default: Kind.request) { (r) throws(WireError) in try r.value(.purpose) }
        failure = try fields.optional { (r) throws(WireError) in try r.value(.failure) }
        try fields.finish()
        guard (kind == .refusal) == (failure != nil) else { throw .badValue(.failure) }
    }

    func encoded() throws(WireError) -> ContextDataBlock {
        var fields = BlockWriter(.exchange)
        try fields.field { (w) throws(WireError) in
            w.append(id.upper)
            w.append(id.lower)
        }
        for name in [sender, receiver] { try fields.field { (w) throws(WireError) in try w.text(name, .nodeName) } }
        try fields.field(kind, default: .request) { (w, v) throws(WireError) in w.append(v.rawValue) }
        try fields.optional(failure) { (w, v) throws(WireError) in w.append(v.rawValue) }
        return try fields.block()
    }
}
