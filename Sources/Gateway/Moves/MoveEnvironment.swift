package import ContextTransfer
package import ForwardingPath
package import IPsec

/// The effects that the parties of moves at one node need, beside its stack.
package struct MoveEnvironment: Sendable {
    /// Sends to another node; may lose it, since the parties repeat what was not answered.
    package var send: @concurrent @Sendable (MoveEnvelope, NodeName) async -> Void
    /// Makes a record durable before it returns.
    package var record: @concurrent @Sendable (MoveRecord, MovePartyKey, MoveDescription) async throws -> Void
    /// Turns the traffic of these SAs to this node.
    package var redirect: @concurrent @Sendable ([SAIdentifier]) async throws -> Void
    /// Where a node takes stragglers; `nil` where it takes none.
    package var forwardingTarget: @Sendable (NodeName) -> ForwardingTarget?

    package init(
        send: @escaping @concurrent @Sendable (MoveEnvelope, NodeName) async -> Void,
        record: @escaping @concurrent @Sendable (MoveRecord, MovePartyKey, MoveDescription) async throws -> Void,
        redirect: @escaping @concurrent @Sendable ([SAIdentifier]) async throws -> Void,
        forwardingTarget: @escaping @Sendable (NodeName) -> ForwardingTarget?
    ) {
        self.send = send
        self.record = record
        self.redirect = redirect
        self.forwardingTarget = forwardingTarget
    }
}
