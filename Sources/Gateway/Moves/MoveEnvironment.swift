package import ContextTransfer
package import ForwardingPath
package import IPsec

/// The effects that the parties of moves at one node need, beside its stack.
package struct MoveEnvironment: Sendable {
    /// Sends to another node, without waiting; may lose it, since the parties repeat what was not answered.
    package var send: @Sendable (MoveEnvelope, NodeName) -> Void
    /// Makes a note durable before it returns.
    package var record: @concurrent @Sendable (MoveNote) async throws -> Void
    /// The last note of a party, from however long ago; `nil` where it never wrote one.
    package var recall: @concurrent @Sendable (MovePartyKey) async throws -> MoveNote?
    /// Turns the traffic of these SAs to this node.
    package var redirect: @concurrent @Sendable ([SAIdentifier]) async throws -> Void
    /// Where a node takes stragglers; `nil` where it takes none.
    package var forwardingTarget: @Sendable (NodeName) -> ForwardingTarget?
    /// What its ends of SAs that come are called.
    package var naming: NamingRules
    /// Asks for new SAs in the place of some that are about to end here.
    package var renew: @concurrent @Sendable (LostAssociations) async -> Void

    package init(
        send: @escaping @Sendable (MoveEnvelope, NodeName) -> Void,
        record: @escaping @concurrent @Sendable (MoveNote) async throws -> Void,
        recall: @escaping @concurrent @Sendable (MovePartyKey) async throws -> MoveNote?,
        redirect: @escaping @concurrent @Sendable ([SAIdentifier]) async throws -> Void,
        forwardingTarget: @escaping @Sendable (NodeName) -> ForwardingTarget?,
        naming: NamingRules = NamingRules(),
        renew: @escaping @concurrent @Sendable (LostAssociations) async -> Void = { _ in }
    ) {
        self.send = send
        self.record = record
        self.recall = recall
        self.redirect = redirect
        self.forwardingTarget = forwardingTarget
        self.renew = renew
        self.naming = naming
    }
}
