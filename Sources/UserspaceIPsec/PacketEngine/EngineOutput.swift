package import IPsec

/// What the owner of a packet engine does next, in the order given.
package enum EngineOutput: Equatable, Sendable {
    /// Send a whole IP packet towards its destination; which way is the owner's affair.
    case transmit([UInt8], realm: Realm)
    /// Hand a whole IP packet to the local host.
    case deliver([UInt8], realm: Realm)
    /// Tell whoever manages the SAs.
    case event(StackEvent)
}
