package import IPsec

/// What may happen to a machine of a negotiation.
package enum ExchangeInput: Sendable {
    case start
    case received(KeyExchangeMessage.Content)
    case installed
    case turned
    /// The last thing that was asked for was not done.
    case failed
    case deadlinePassed
}
