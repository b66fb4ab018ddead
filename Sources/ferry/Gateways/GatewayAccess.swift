package import ConfigurationFiles
package import Console

/// Where gateways are, and what to prove oneself with.
package struct GatewayAccess: Sendable {
    /// At least one, in the order in which they were given.
    package let addresses: [GatewayAddress]
    /// `nil`: only UNIX sockets can be reached.
    package let tls: GatewayTLS?

    /// From its parts.
    package init(addresses: [GatewayAddress], tls: GatewayTLS?) {
        (self.addresses, self.tls) = (addresses, tls)
    }
}
