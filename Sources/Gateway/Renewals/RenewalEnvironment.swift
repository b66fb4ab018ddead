import ContextTransfer
import ForwardingPath
import IPsec

/// The effects that SAs which are negotiated anew at another gateway need, beside the stack.
struct RenewalEnvironment: Sendable {
    /// Sends to another node, without waiting; may lose it.
    var send: @Sendable (RenewalMessage) -> Void
    /// `nil` while there is none.
    var keyExchange: @concurrent @Sendable () async -> (any KeyExchange)?
    /// What this gateway answers where an SPI is in use.
    var spiConflict: SPIConflictPolicy
    /// Where a node takes stragglers; `nil` where it takes none.
    var forwardingTarget: @Sendable (NodeName) -> ForwardingTarget?
    /// Asks for new SAs in the place of some here.
    var renew: @Sendable (LostAssociations) -> Void
    /// Old SAs ended here.
    var withdraw: @concurrent @Sendable ([SAIdentifier]) async -> Void
}
