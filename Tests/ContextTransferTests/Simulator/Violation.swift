/// A broken invariant of DESIGN section 4.
enum Violation: Error, Equatable {
    /// A sequence number, and with it a nonce, was used twice.
    case numberUsedTwice(UInt64, String)
    /// Two gateways had one SA in force.
    case inForceTwice(String)
    /// A packet was accepted twice.
    case acceptedTwice(UInt64, String)
    /// At the end an SA is in force nowhere, and nobody was told.
    case lost(String)
    /// At the end the mobile node and the gateway call an SA differently.
    case notTold(String)
    /// At the end a copy of the keys is left.
    case keyLeftBehind(String)
    /// At the end an SA is in force although the operator was told that it ended.
    case inForceAfterItsEnd(String)
    /// At the end a part of a group has moved, and another has not.
    case groupTorn
    /// A part of a group was taken out of service before all of it was prepared, and that was written down.
    case groupSwitchedEarly
    /// The parties never come to rest.
    case endless
}
