package import ForwardingPath

/// The paths of one plane, and what is known of G, as the API tells it.
package struct ReportedPath: Hashable, Sendable {
    /// Previous and next path.
    package var path: PathPair
    /// G; `nil` while it is not known or where it is not defined.
    package var gateway: NodeName?
    /// Why there is no ``gateway``; empty where there is one.
    package var reason: String

    /// From its parts.
    package init(path: PathPair, gateway: NodeName?, reason: String) {
        (self.path, self.gateway, self.reason) = (path, gateway, reason)
    }

    /// Finds G.
    package init(_ path: PathPair) {
        let planned = PlannedPath(path)
        self.init(path: path, gateway: planned.gateway, reason: planned.reason?.description ?? "")
    }
}
