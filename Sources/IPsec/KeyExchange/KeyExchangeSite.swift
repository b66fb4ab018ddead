/// What key management between daemons needs of the daemon that it serves.
package struct KeyExchangeSite: Sendable {
    /// The daemon's node.
    package var node: String
    package var stack: any IPsecStack
    /// What other nodes say, each authenticated as the sender that its message names; for one reader.
    package var incoming: AsyncStream<KeyExchangeMessage>
    /// Sends to another node, without waiting; may lose it.
    package var send: @Sendable (KeyExchangeMessage) -> Void
    /// Why a node may not replace these SAs here; `nil` when it may.
    package var objection: @concurrent @Sendable (String, [AssociationTemplate]) async -> KeyExchangeFailure?
    /// What may protect a user's traffic.
    package var profile: @concurrent @Sendable (String) async -> UserProfile
    /// New SAs are about to be here, and may be taken away again until they are settled: no move may take them.
    package var unsettled: @concurrent @Sendable ([SAIdentifier]) async -> Void
    /// New SAs are used at both ends, or gone.
    package var settled: @concurrent @Sendable ([SAIdentifier]) async -> Void
    /// The traffic of new SAs comes to this node from now on.
    package var redirect: @concurrent @Sendable ([Renewal]) async throws -> Void
    /// Old SAs ended here.
    package var withdrawn: @concurrent @Sendable ([SAIdentifier]) async -> Void

    package init(
        node: String, stack: any IPsecStack, incoming: AsyncStream<KeyExchangeMessage>,
        send: @escaping @Sendable (KeyExchangeMessage) -> Void,
        objection: @escaping @concurrent @Sendable (String, [AssociationTemplate]) async -> KeyExchangeFailure?,
        profile: @escaping @concurrent @Sendable (String) async -> UserProfile,
        unsettled: @escaping @concurrent @Sendable ([SAIdentifier]) async -> Void = { _ in },
        settled: @escaping @concurrent @Sendable ([SAIdentifier]) async -> Void = { _ in },
        redirect: @escaping @concurrent @Sendable ([Renewal]) async throws -> Void = { _ in },
        withdrawn: @escaping @concurrent @Sendable ([SAIdentifier]) async -> Void = { _ in }
    ) {
        (self.node, self.stack, self.incoming, self.send) = (node, stack, incoming, send)
        (self.objection, self.profile) = (objection, profile)
        (self.unsettled, self.settled) = (unsettled, settled)
        (self.redirect, self.withdrawn) = (redirect, withdrawn)
    }
}
