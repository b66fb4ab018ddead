import ForwardingPath
import IPsec
import UserspaceIPsec

/// Turns the traffic of SAs to the node that took them: their gateway's address, and the way of what they
/// protect.
struct DemoRedirect {
    let node: NodeName
    let stack: UserspaceStack
    let routes: DemoRoutes

    func callAsFunction(_ identifiers: [SAIdentifier]) async throws {
        for status in try await stack.associations(identifiers).values { routes.turn(status.association, to: node) }
    }
}
