package import ForwardingPath
package import IPsec

/// What a gateway calls its ends of SAs that come to it.
package struct NamingRules: Hashable, Sendable {
    /// Its own addresses, in the order of the network file.
    package var addresses: [IPAddress]
    package var realms: [Realm]
    /// What it does where an SPI is in use.
    package var spiConflict: SPIConflictPolicy

    package init(
        addresses: [IPAddress] = [], realms: [Realm] = [.default], spiConflict: SPIConflictPolicy = .deny
    ) {
        (self.addresses, self.realms, self.spiConflict) = (addresses, realms, spiConflict)
    }

    /// The rules of a node of a network file.
    package init(_ node: Node, spiConflict: SPIConflictPolicy) {
        self.init(addresses: node.addresses, realms: node.realms, spiConflict: spiConflict)
    }

    /// The address that a far end of that family and realm reaches it by; `nil` where it has none.
    func address(for family: AddressFamily, in realm: Realm) -> IPAddress? {
        realms.contains(realm) ? addresses.first { $0.family == family } : nil
    }
}
