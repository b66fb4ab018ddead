/// What a party writes down before it goes on: durable when the next action starts. It never holds a key.
package enum MoveRecord: Hashable, Sendable {
    /// Previous router: the move has begun; nothing has been taken out of service.
    case started
    /// Previous router: the holder may be asked to take the SAs out of service.
    case switching
    /// Previous router: all of the move's group is in force at its takers; from now on each part ends by itself.
    case sealed
    /// Holder: the dynamic context may be sent from now on.
    case mayBeSent
    /// Taker: the SAs may come into force from now on.
    case installing
    /// Taker: they are in force.
    case installed
    /// Taker: they are not in force and never will be.
    case cancelled(MoveReason)
    /// Taker: they were in force, or may have been, and are gone.
    case lost
    /// Previous router: the move is over.
    case finished(MoveOutcome)
    /// Holder: it ends the SAs, whatever the taker will say.
    case ending
    /// Holder: the move is over.
    case closed(HolderEnd)
    /// Taker: the previous router knows that they are in force.
    case released
}
