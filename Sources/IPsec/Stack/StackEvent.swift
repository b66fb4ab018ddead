/// What a stack tells about its SAs without being asked.
package enum StackEvent: Hashable, Sendable {
    /// The soft lifetime is reached: the SA works on, and is to be renegotiated. Told once.
    case softLifetimeReached(SAIdentifier)
    /// The SA processes nothing any more.
    case ended(SAIdentifier, EndReason)
}
