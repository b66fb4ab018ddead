package import IPsec

/// What a userspace stack is told when it is made.
package struct StackConfiguration: Sendable {
    /// The node's addresses, peers and limits.
    package var engine: EngineConfiguration
    /// Where the socket is bound.
    package var endpoint: WireEndpoint
    /// The owner's routes: where on the virtual wire packets for an address go; `nil` where there is no route.
    package var routes: @Sendable (Realm, IPAddress) -> WireEndpoint?
    /// The realms that the node is in, at least one: each has a socket of its own, the first one's is bound as
    /// ``endpoint`` says and the others' to free ports there. What a socket takes belongs to its realm.
    package var realms: [Realm] = [.default]
    /// Takes packets for the local host. Called on the stack's own queue, or on that of ``UserspaceStack/send(_:realm:)``.
    package var onDelivery: @Sendable ([UInt8]) -> Void
    /// Sees each packet on the wire, for captures.
    package var tap: (@Sendable (TapDirection, [UInt8], Realm) -> Void)?

    package init(
        engine: EngineConfiguration, endpoint: WireEndpoint,
        routes: @escaping @Sendable (Realm, IPAddress) -> WireEndpoint?,
        onDelivery: @escaping @Sendable ([UInt8]) -> Void
    ) {
        self.engine = engine
        self.endpoint = endpoint
        self.routes = routes
        self.onDelivery = onDelivery
    }
}
