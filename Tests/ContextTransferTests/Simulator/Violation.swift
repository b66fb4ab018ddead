/// A broken invariant or rule of DESIGN section 4.
enum Violation: Error, Equatable {
    /// A sequence number, and with it a nonce, was used twice with one key.
    case numberUsedTwice(UInt64, String)
    /// Two gateways had one SA in force.
    case inForceTwice(String)
    /// A packet was accepted twice.
    case acceptedTwice(UInt64, String)
    /// At the end an SA is in force nowhere, and nobody was told.
    case lost(String)
    /// At the end the mobile node and the gateway call an SA differently, or it has none.
    case notTold(String)
    /// At the end a copy of the keys is left.
    case keyLeftBehind(String)
    /// At the end an SA is in force although the operator was told that it ended.
    case inForceAfterItsEnd(String)
    /// At the end SAs of one mobile node are in force that are not of one pair, or not at one gateway.
    case apart(Int)
    /// At the end a mobile node has no SAs in force, and nobody asks for new ones any more.
    case notRenewed(Int)
    /// An SA came into force after its hard lifetime.
    case expiredInForce(String)
    /// An SA came into force younger than it was.
    case rejuvenated(String)
    /// Two SAs of a gateway have one name.
    case nameUsedTwice(String)
    /// Old SAs ended before both ends used the new ones.
    case endedTooEarly(String)
    /// New SAs were to be used before the old gateway passed their packets on.
    case usedTooEarly(String)
    /// At the end a part of a group has moved, and another has not.
    case groupTorn
    /// A part of a group was taken out of service before all of it was prepared, and that was written down.
    case groupSwitchedEarly
    /// More moves of a drain were under way than may be.
    case drainUnbounded(Int)
    /// A drain said otherwise than it was.
    case drainMiscounted(Int, Int)
    /// A drain that was stopped began something.
    case drainBegan
    /// A gateway was asked again that had refused SAs of a drain, or more often waited for than may be.
    case drainAskedAgain(String)
    /// The parties never come to rest.
    case endless
}
