/// What a stack tells about its SAs without being asked.
package enum StackEvent: Hashable, Sendable {
    /// The soft lifetime is reached: the SA works on, and is to be renegotiated. Told once.
    case softLifetimeReached(SAIdentifier)
    /// The SA processes nothing any more.
    case ended(SAIdentifier, EndReason)
    /// A packet has a policy that protects it, and there is no SA from the one address to the other: key management was
    /// asked for one.
    case wanted(source: IPAddress, destination: IPAddress)
}
