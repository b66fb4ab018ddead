import ContextTransfer
import ForwardingPath
import GatewayAPI
import IPsec

/// Types and peers of the SAs, worked out anew only when there are other SAs.
struct TypeCache {
    struct Known {
        let plane: Plane
        let type: SAType?
        let peer: NodeName?
    }

    private var identifiers: [SAIdentifier] = []
    private var known: [SAIdentifier: Known] = [:]

    /// - Parameter changed: is called when there are other SAs.
    mutating func look(
        _ statuses: [AssociationStatus], _ planner: GatewayPlanner, changed: () -> Void
    ) -> [SAIdentifier: Known] {
        let present = statuses.map(\.association.identifier)
        guard present != identifiers else { return known }
        identifiers = present
        changed()
        known = [:]
        let here = planner.known(statuses)
        for (planned, known) in zip(planner.plan(here), here) {
            self.known[known.summary.offer.identifier] = Known(
                plane: planned.plane, type: planned.type, peer: planner.peer(of: known))
        }
        return known
    }
}
