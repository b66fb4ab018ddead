package import IPsec

/// A node of the network: an end of paths and SAs, or something on the way.
package struct Node: Hashable, Sendable {
    /// Unique in its network.
    package var name: NodeName
    /// What it is in the network.
    package var role: NodeRole
    /// What SAs, selectors and packets carry; at least one.
    package var addresses: [IPAddress]
    /// Where the addresses are valid, at least one: a gateway may be in several, with the same addresses in each.
    package var realms: [Realm]
    /// What is known of its ability to take SAs.
    package var capabilities: NodeCapabilities
    /// Where its daemon is reached.
    package var endpoints: NodeEndpoints

    /// From its parts.
    package init(
        name: NodeName, role: NodeRole, addresses: [IPAddress] = [], realms: [Realm] = [.default],
        capabilities: NodeCapabilities = NodeCapabilities(), endpoints: NodeEndpoints = NodeEndpoints()
    ) {
        self.name = name
        self.role = role
        self.addresses = addresses
        precondition(!realms.isEmpty, "A node's addresses are valid somewhere.")
        self.realms = realms
        self.capabilities = capabilities
        self.endpoints = endpoints
    }

    /// The first of its realms.
    package var realm: Realm { realms[0] }
}
