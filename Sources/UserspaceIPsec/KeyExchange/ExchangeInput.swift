package import IPsec

/// What may happen to a machine of a negotiation.
package enum ExchangeInput: Sendable {
    case start
    case received(KeyExchangeMessage.Content)
    case installed
    case turned
    /// Packets came through the new SAs: the other end sends through them.
    case used
    /// None did.
    case unused
    /// The last thing that was asked for was not done.
    case failed
    case deadlinePassed
}
