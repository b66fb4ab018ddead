/// What is known of G (draft section 5.1: G is not known until NFP is).
package enum GatewayLocation: Hashable, Sendable {
    case known(PathDivergence)
    /// The new path is not known yet.
    case pending
    /// The paths are known, but have no G.
    case undefined(PathFault)

    /// Compares the two paths of a plane.
    package init(of path: PathPair) {
        guard let next = path.next else {
            self = .pending
            return
        }
        do {
            self = .known(try PathDivergence(previous: path.previous, next: next))
        } catch {
            self = .undefined(error)
        }
    }
}
