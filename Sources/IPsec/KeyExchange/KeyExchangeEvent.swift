/// What key management tells of a negotiation. It never holds a key.
package enum KeyExchangeEvent: Hashable, Sendable {
    /// The SAs that the other end asked to replace: what else is to happen to them has to wait, or ends.
    case began([SAIdentifier], with: String)
    /// The new SAs are in use at both ends.
    case renewed([Renewal], with: String)
    /// The new SAs are in use here, and the other end has not said for minutes whether it uses them: it is asked on, and
    /// until it answers packets may be lost.
    case unconfirmed([Renewal], with: String)
    /// The negotiation came to nothing: the old SAs are as they were. `wasAsked` where it was asked for here.
    case failed([SAIdentifier], with: String, KeyExchangeFailure, wasAsked: Bool)
    /// The old SAs ended here, after the new ones took their place.
    case ended([SAIdentifier])
}
