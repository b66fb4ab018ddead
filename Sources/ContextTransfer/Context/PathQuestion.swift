package import ForwardingPath
package import IPsec

/// What a previous router tells a new one before the new path is known, so that it can set it up (draft section 6.2): the
/// contexts of the SAs along the previous path as far as a path needs them, and their users' static profiles. No key
/// crosses before the types of the SAs are known.
package struct PathQuestion: Hashable, Sendable {
    /// The plane whose path is sought.
    package var plane: Plane
    /// PFP, from MN to RN.
    package var previous: [NodeName]
    /// The users' SAs along it, each once.
    package var associations: [KnownAssociation]
    /// Of those of their users that have one, in the order of their names.
    package var profiles: [UserProfile]

    package init(
        plane: Plane, previous: [NodeName], associations: [KnownAssociation] = [], profiles: [UserProfile] = []
    ) {
        (self.plane, self.previous, self.associations, self.profiles) = (plane, previous, associations, profiles)
    }
}
