package import IPsec

/// Whose contexts a new router asks for on its own, beside the previous address of its CT-Req: a block of type 0xFF32.
///
///     0 realm (default)
///
/// In parentheses what an absent field means.
package struct SubjectBlock: Equatable, Sendable {
    /// Where the mobile node's previous address is valid.
    package let realm: Realm

    package init(realm: Realm) { self.realm = realm }

    package init(_ block: ContextDataBlock) throws(WireError) {
        guard block.feature == FeatureProfile.subject.rawValue else { throw .unexpectedBlock(block.feature) }
        var fields = try BlockReader(block)
        realm = try fields.field(.realm, default: Realm.default) { (r) throws(WireError) in try r.realm() }
        try fields.finish()
    }

    package func encoded() throws(WireError) -> ContextDataBlock {
        var fields = BlockWriter(.subject)
        try fields.field(realm, default: .default) { (w, v) throws(WireError) in try w.realm(v) }
        return try fields.block()
    }
}
