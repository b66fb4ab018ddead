package import ForwardingPath
package import IPsec

/// What a daemon needs of the world around its stack.
package struct Surroundings: Sendable {
    /// Where a node's daemon listens for routers, asked anew for each connection.
    package var endpoints: @Sendable (NodeName) -> Endpoint?
    /// Turns the traffic of these SAs to this node.
    package var redirect: @concurrent @Sendable ([SAIdentifier]) async throws -> Void
    /// Turns the traffic of new SAs here that take the place of old ones, which still receive where they are; `nil`: as
    /// ``redirect`` does.
    package var turnOver: (@concurrent @Sendable ([Renewal]) async throws -> Void)?
    /// Where a node takes stragglers; `nil` where it takes none.
    package var forwardingTarget: @Sendable (NodeName) -> ForwardingTarget?
    /// These SAs ended here after new ones took their place: what led to them leads to those.
    package var withdraw: @concurrent @Sendable ([SAIdentifier]) async -> Void
    /// Packets take this new path from now on, as far as its surroundings can see to it: this node is its new router, and
    /// found it.
    package var setUp: @concurrent @Sendable (PathPair) async -> Void = { _ in }
    /// Makes the key management of a daemon; `nil` where there is none, so that an operator has to see to it.
    package var keyExchange: (@Sendable (KeyExchangeSite) -> any KeyExchange)?
    /// The IKE daemon beside this one; `nil` where there is none that could be asked for anything.
    package var ike: IKEDaemon?
    /// Is told what the parties of moves here do, before anybody else.
    package var observe: @Sendable (MoveEvent) -> Void
    /// Is told of each CXTP message sent.
    package var trace: @Sendable (SentMessage) -> Void
    /// Sees each message that goes out in plain TCP on a trusted network, with its receiver: it may hold keys.
    package var tap: (@Sendable (NodeName, [UInt8]) -> Void)?

    package init(
        endpoints: @escaping @Sendable (NodeName) -> Endpoint?,
        redirect: @escaping @concurrent @Sendable ([SAIdentifier]) async throws -> Void,
        forwardingTarget: @escaping @Sendable (NodeName) -> ForwardingTarget?,
        withdraw: @escaping @concurrent @Sendable ([SAIdentifier]) async -> Void = { _ in },
        keyExchange: (@Sendable (KeyExchangeSite) -> any KeyExchange)? = nil,
        observe: @escaping @Sendable (MoveEvent) -> Void = { _ in },
        trace: @escaping @Sendable (SentMessage) -> Void = { _ in }
    ) {
        self.endpoints = endpoints
        self.redirect = redirect
        self.forwardingTarget = forwardingTarget
        self.withdraw = withdraw
        self.keyExchange = keyExchange
        self.observe = observe
        self.trace = trace
    }
}
