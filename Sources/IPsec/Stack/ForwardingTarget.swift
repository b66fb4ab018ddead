/// The gateway that a quiesced SA's packets are sent on to, unchanged, in a tunnel between the gateways.
package struct ForwardingTarget: Hashable, Sendable {
    package let address: IPAddress
    package let realm: Realm

    package init(address: IPAddress, realm: Realm = .default) {
        (self.address, self.realm) = (address, realm)
    }
}
