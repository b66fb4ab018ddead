package import ForwardingPath

/// A new path that an operator wants another router to set up, before it is known (draft section 6.2).
package struct PathWish: Hashable, Sendable {
    /// The plane whose new path is not known.
    package var plane: Plane
    /// The node that is to be the new router.
    package var router: NodeName

    /// From its parts.
    package init(plane: Plane = .data, router: NodeName) { (self.plane, self.router) = (plane, router) }
}
