/// A plane's paths in a plan.
package struct PlannedPath: Hashable, Sendable {
    /// The paths themselves.
    package let path: PathPair
    /// What is known of G.
    package let location: GatewayLocation

    /// Finds G.
    package init(_ path: PathPair) {
        self.path = path
        location = GatewayLocation(of: path)
    }

    /// G; `nil` while it is not known or where it is not defined.
    package var gateway: NodeName? {
        guard case .known(let divergence) = location else { return nil }
        return divergence.gateway
    }

    /// Why there is no ``gateway``.
    package var reason: PlanReason? {
        switch location {
        case .known: nil
        case .pending: .nextPathUnknown(path.plane)
        case .undefined(let fault): .noGateway(path.plane, fault)
        }
    }
}
