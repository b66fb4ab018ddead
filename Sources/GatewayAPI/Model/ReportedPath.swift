package import ForwardingPath

/// The paths of one plane, and what is known of G, as the API tells it.
package struct ReportedPath: Hashable, Sendable {
    /// Previous and next path.
    package var path: PathPair
    /// G; `nil` while it is not known or where it is not defined.
    package var gateway: NodeName?
    /// Why there is no ``gateway``; empty where there is one.
    package var reason: String

    /// Nodes at the near end beside the one that both paths name: mobile nodes that move together.
    package var beside: [NodeName]

    /// From its parts.
    package init(path: PathPair, gateway: NodeName?, reason: String, beside: [NodeName] = []) {
        (self.path, self.gateway, self.reason, self.beside) = (path, gateway, reason, beside)
    }

    /// Finds G.
    package init(_ path: PathPair, beside: [NodeName] = []) {
        let planned = PlannedPath(path)
        self.init(
            path: path, gateway: planned.gateway, reason: planned.reason?.description ?? "", beside: beside)
    }

    /// Finds G, and who is at the near end in a network.
    package init(_ path: PathPair, in network: Network) {
        self.init(path, beside: path.nearEnd.map { network.companions(of: $0) } ?? [])
    }
}
