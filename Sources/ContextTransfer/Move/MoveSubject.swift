package import IPsec

/// Whose SAs move: a mobile node's previous address, or the user's where there is no mobile node, in its realm.
///
/// Only one move at a time may be under way for a subject (RFC 4067 section 2.5).
package struct MoveSubject: Hashable, Sendable {
    package let address: IPAddress
    package let realm: Realm

    package init(address: IPAddress, realm: Realm = .default) {
        (self.address, self.realm) = (address, realm)
    }
}
