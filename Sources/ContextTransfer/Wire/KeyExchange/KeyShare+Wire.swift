import IPsec

/// An end's share of a secret: a block of type 0xFF21, its fields in this order.
///
///     0 nonce, 32 octets    1 X25519 public key, 32 octets
extension KeyShare {
    init(_ block: ContextDataBlock) throws(WireError) {
        guard block.feature == FeatureProfile.keyShare.rawValue else { throw .unexpectedBlock(block.feature) }
        var fields = try BlockReader(block)
        let nonce = try fields.required(.nonce) { (r) throws(WireError) in Array(try r.octets(KeyShare.octets)) }
        let key = try fields.required(.publicKey) { (r) throws(WireError) in Array(try r.octets(KeyShare.octets)) }
        try fields.finish()
        guard let share = KeyShare(nonce: nonce, publicKey: key) else { throw .badValue(.publicKey) }
        self = share
    }

    func encoded() throws(WireError) -> ContextDataBlock {
        var fields = BlockWriter(.keyShare)
        for octets in [nonce, publicKey] { try fields.field { (w) throws(WireError) in w.append(contentsOf: octets) } }
        return try fields.block()
    }
}
