package import IPsec

/// An address in its realm: private addresses may be there twice.
package struct ScopedAddress: Hashable, Sendable {
    package let address: IPAddress
    package let realm: Realm

    package init(_ address: IPAddress, realm: Realm = .default) {
        (self.address, self.realm) = (address, realm)
    }
}
