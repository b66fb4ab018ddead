import ForwardingPath
import IPsec

/// What a message between a holder and a taker belongs to: a block of type 0xFF24, the first of each message of type 11, its
/// fields in this order.
///
///     0 move 128    1 sender    2 receiver    3 kind 8
///
/// The kinds: 1 survey, 2 surveyed, 3 order, 4 ready, 5 forwarding, 6 renewed, 7 refused, 8 succession, 9 ended, 10 renew,
/// 11 take over, 12 left, 13 done. The names are nodes.
struct RenewalIdentity: Equatable, Sendable {
    let id: MoveID
    let sender: NodeName
    let receiver: NodeName
    let kind: Kind

    enum Kind: UInt8, Hashable, Sendable, CaseIterable {
        case survey = 1
        case surveyed = 2
        case order = 3
        case ready = 4
        case forwarding = 5
        case renewed = 6
        case refused = 7
        case succession = 8
        case ended = 9
        case renew = 10
        case takeOver = 11
        case left = 12
        case done = 13
    }

    init(_ message: RenewalMessage) {
        (id, sender, receiver) = (message.id, message.sender, message.receiver)
        kind =
            switch message.content {
            case .survey: .survey
            case .surveyed: .surveyed
            case .order: .order
            case .ready: .ready
            case .forwarding: .forwarding
            case .renewed: .renewed
            case .refused: .refused
            case .succession: .succession
            case .ended: .ended
            case .renew: .renew
            case .takeOver: .takeOver
            case .left: .left
            case .done: .done
            }
    }

    init(_ block: ContextDataBlock) throws(WireError) {
        guard block.feature == FeatureProfile.renewal.rawValue else { throw .unexpectedBlock(block.feature) }
        var fields = try BlockReader(block)
        id = try fields.required(.moveID) { (r) throws(WireError) in MoveID(try r.integer()) }
        sender = try fields.required(.nodeName) { (r) throws(WireError) in try r.nodeName() }
        receiver = try fields.required(.nodeName) { (r) throws(WireError) in try r.nodeName() }
        kind = try fields.required(.purpose) { (r) throws(WireError) in try r.value(.purpose) }
        try fields.finish()
    }

    func encoded() throws(WireError) -> ContextDataBlock {
        var fields = BlockWriter(.renewal)
        try fields.field { (w) throws(WireError) in w.append(id.value) }
        for name in [sender, receiver] {
            try fields.field { (w) throws(WireError) in try w.text(name.text, .nodeName) }
        }
        try fields.field { (w) throws(WireError) in w.append(kind.rawValue) }
        return try fields.block()
    }
}
