/// A place on the previous path, in the terms that SA types are defined by (draft section 5.1).
///
/// Ordered from MN to RN.
package enum PathPlace: Hashable, Sendable, Comparable {
    /// At MN.
    case nearEnd
    /// In [PR, G), with the number of nodes from PR.
    case leaving(Int)
    /// In [G, RN], with the number of nodes from G.
    case common(Int)
}
