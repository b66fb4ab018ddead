import ForwardingPath
import IPsec
import UserspaceIPsec

/// Turns the traffic of SAs to the node that took them: outside their gateway's address, inside the way to their user.
struct DemoRedirect {
    let node: NodeName
    let stack: UserspaceStack
    let routes: DemoRoutes

    func callAsFunction(_ identifiers: [SAIdentifier]) async throws {
        let moved = Set(identifiers)
        for status in try await stack.associations() where moved.contains(status.association.identifier) {
            let association = status.association
            let realm = association.identifier.realm
            let isInbound = association.direction == .inbound
            let gateway = isInbound ? association.identifier.destination : association.source
            routes.set(ScopedAddress(gateway, realm: realm), to: node)
            for selector in association.attributes.selectors {
                let user = isInbound ? selector.source : selector.destination
                routes.turn({ $0.realm == realm && user.contains($0.address) }, to: node)
            }
        }
    }
}
