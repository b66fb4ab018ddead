package import IPsec

/// A node of the network: an end of paths and SAs, or something on the way.
package struct Node: Hashable, Sendable {
    /// Unique in its network.
    package var name: NodeName
    /// What it is in the network.
    package var role: NodeRole
    /// What SAs, selectors and packets carry; at least one.
    package var addresses: [IPAddress]
    /// Where the addresses are valid.
    package var realm: Realm
    /// What is known of its ability to take SAs.
    package var capabilities: NodeCapabilities
    /// Where its daemon is reached.
    package var endpoints: NodeEndpoints

    /// From its parts.
    package init(
        name: NodeName, role: NodeRole, addresses: [IPAddress] = [], realm: Realm = .default,
        capabilities: NodeCapabilities = NodeCapabilities(), endpoints: NodeEndpoints = NodeEndpoints()
    ) {
        self.name = name
        self.role = role
        self.addresses = addresses
        self.realm = realm
        self.capabilities = capabilities
        self.endpoints = endpoints
    }
}
