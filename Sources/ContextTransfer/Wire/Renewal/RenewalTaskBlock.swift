import ForwardingPath
import IPsec

/// With whom new SAs are to be negotiated: a block of type 0xFF26, its fields in this order.
///
///     0 peer    1 only upgrades 8 = 1 (no)
///
/// In parentheses what an absent field means.
struct RenewalTaskBlock: Equatable, Sendable {
    let peer: NodeName
    let onlyUpgrades: Bool

    init(peer: NodeName, onlyUpgrades: Bool) { (self.peer, self.onlyUpgrades) = (peer, onlyUpgrades) }

    init(_ block: ContextDataBlock) throws(WireError) {
        guard block.feature == FeatureProfile.renewalTask.rawValue else { throw .unexpectedBlock(block.feature) }
        var fields = try BlockReader(block)
        peer = try fields.required(.nodeName) { (r) throws(WireError) in try r.nodeName() }
        let flag = try fields.field(.flags, default: 0) { (r) throws(WireError) in try r.integer(UInt8.self) }
        guard flag <= 1 else { throw .badValue(.flags) }
        onlyUpgrades = flag == 1
        try fields.finish()
    }

    func encoded() throws(WireError) -> ContextDataBlock {
        var fields = BlockWriter(.renewalTask)
        try fields.field { (w) throws(WireError) in try w.text(peer.text, .nodeName) }
        try fields.field(onlyUpgrades) { (w) throws(WireError) in w.append(1 as UInt8) }
        return try fields.block()
    }
}
