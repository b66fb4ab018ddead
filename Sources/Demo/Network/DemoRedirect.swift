import ForwardingPath
import IPsec
import UserspaceIPsec

/// Turns the traffic of SAs to the node that took them: their gateway's address, and the way of what they
/// protect.
struct DemoRedirect {
    let node: NodeName
    let stack: UserspaceStack
    let routes: DemoRoutes

    /// The new SAs take the place of old ones, which the gateway that has them still receives through.
    func turnOver(_ renewals: [Renewal]) async throws {
        let present = try await stack.associations(renewals.map(\.new))
        for renewal in renewals {
            guard let status = present[renewal.new] else { continue }
            routes.turn(status.association, to: node, inPlaceOf: renewal.old)
        }
    }

    func callAsFunction(_ identifiers: [SAIdentifier]) async throws {
        for status in try await stack.associations(identifiers).values { routes.turn(status.association, to: node) }
    }
}
