package import IPsec

/// The stronger token of a CTAR or CT-Req, beside the 32 bits that RFC 4067 has room for: a block of type 0xFF31, its fields
/// in this order.
///
///     0 HMAC-SHA-256 of the previous address, the sequence number and the realm, 32 octets    1 realm (default)
///
/// In parentheses what an absent field means.
package struct AuthorizationBlock: Equatable, Sendable {
    /// In octets.
    package static let codeSize = 32

    package let code: [UInt8]
    /// Where the mobile node's previous address is valid.
    package let realm: Realm

    package init(code: [UInt8], realm: Realm = .default) {
        precondition(code.count == Self.codeSize, "HMAC-SHA-256 gives 32 octets.")
        (self.code, self.realm) = (code, realm)
    }

    package init(_ block: ContextDataBlock) throws(WireError) {
        guard block.feature == FeatureProfile.authorization.rawValue else { throw .unexpectedBlock(block.feature) }
        var fields = try BlockReader(block)
        code = try fields.required(.token) { (r) throws(WireError) in Array(try r.octets(Self.codeSize)) }
        realm = try fields.field(.realm, default: Realm.default) { (r) throws(WireError) in try r.realm() }
        try fields.finish()
    }

    package func encoded() throws(WireError) -> ContextDataBlock {
        var fields = BlockWriter(.authorization)
        try fields.field { (w) throws(WireError) in w.append(contentsOf: code) }
        try fields.field(realm, default: .default) { (w, v) throws(WireError) in try w.realm(v) }
        return try fields.block()
    }
}
