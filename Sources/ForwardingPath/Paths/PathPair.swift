/// The forwarding paths of one plane before and after a change (draft section 5, figure 1).
///
/// ```
///  MN ==== PR ==== SG1 ====== G ==== RN        previous, PFP
///   * * *  NR * *  SG2 * * *                   next, NFP
/// ```
///
/// The ends are called MN and RN, but may be any two entities (draft section 5, note 2).
package struct PathPair: Hashable, Sendable {
    /// The plane whose packets take the paths.
    package var plane: Plane
    /// PFP, from MN to RN.
    package var previous: [NodeName]
    /// NFP, from MN to RN; `nil` while it is not known.
    package var next: [NodeName]?

    /// From its parts.
    package init(plane: Plane, previous: [NodeName], next: [NodeName]? = nil) {
        (self.plane, self.previous, self.next) = (plane, previous, next)
    }

    /// MN, or what stands in its place.
    package var nearEnd: NodeName? { previous.first }
    /// RN, or what stands in its place; where RN is two physical nodes, the one on the previous path.
    package var farEnd: NodeName? { previous.last }
    /// PR: the first node after the near end.
    package var previousRouter: NodeName? { previous.dropFirst().first }
    /// NR: the first node after the near end on the new path.
    package var nextRouter: NodeName? { next?.dropFirst().first }

    /// The pair after the change was made: what was new is now previous, and back is the way to go next.
    package var reversed: PathPair? {
        next.map { PathPair(plane: plane, previous: $0, next: previous) }
    }
}
