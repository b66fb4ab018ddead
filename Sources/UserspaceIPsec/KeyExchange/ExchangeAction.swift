package import IPsec

/// What a machine of a negotiation asks of its owner, who carries actions out in order.
package enum ExchangeAction: Sendable {
    case send(KeyExchangeMessage.Content)
    /// Feed `deadlinePassed` after that time, in place of an earlier deadline; `nil` means never.
    case setDeadline(Duration?)
    /// Put the new SAs in force beside the old ones, so that they receive; answer `installed` or `failed`.
    case install([SecurityAssociation])
    /// Send through the new SAs from now on; answer `turned` or `failed`.
    case turn([Renewal])
    /// Tell an operator that the other end has not said for minutes whether it uses the new SAs.
    case alarm([Renewal])
    /// Take the new SAs away, and send through the old ones as before.
    case withdraw([Renewal])
    /// Both ends use the new SAs.
    case report([Renewal])
    /// End the old SAs.
    case end([Renewal])
    /// It came to nothing.
    case fail(KeyExchangeFailure)
    /// The machine is done; its owner may drop it.
    case finish
}
