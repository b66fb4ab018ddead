/// What a replay window says of a packet's number.
package enum ReplayVerdict: Hashable, Sendable {
    /// Not seen before: go on to the integrity check.
    case fresh
    /// Accepted before.
    case replayed
    /// Left of the window: whether it was seen is not known, so it is refused.
    case tooOld
    /// Zero is never sent (RFC 4303 section 3.3.3).
    case invalid
}
