package import IPsec

/// A policy and its place in its gateway's SPD.
package struct PlacedPolicy: Sendable {
    /// From 1: the first that matches decides.
    let place: Int
    /// The entry.
    let policy: Policy

    /// From its parts.
    package init(place: Int, policy: Policy) {
        (self.place, self.policy) = (place, policy)
    }
}
