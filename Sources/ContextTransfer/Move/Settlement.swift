/// How a move ended at the taker: the only facts on which the holder may act (DESIGN section 4, "unknown is asked").
package enum Settlement: Hashable, Sendable {
    /// In force at the taker.
    case installed
    /// Not in force at the taker, and never will be under this move's name; durable before it is said.
    case cancelled(MoveReason)
    /// The taker may have had it in force and has lost it: numbers were used that nobody knows.
    case lost
}
