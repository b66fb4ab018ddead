import ForwardingPath
import IPsec
import Synchronization
import UserspaceIPsec

/// Who has which address on the demo's virtual wire. A virtual address is a route here, never a rebound socket.
final class DemoRoutes: Sendable {
    private let state = Mutex(State())

    private struct State {
        var endpoints: [NodeName: WireEndpoint] = [:]
        /// The realm of the node at an endpoint.
        var realms: [WireEndpoint: Realm] = [:]
        /// Where packets for an address go.
        var places: [ScopedAddress: NodeName] = [:]
        /// The gateway that leads to an address from inside, where there is one.
        var gateways: [ScopedAddress: NodeName] = [:]
    }

    /// The node is at the endpoint.
    func place(_ node: Node, at endpoint: WireEndpoint) {
        state.withLock { ($0.endpoints[node.name], $0.realms[endpoint]) = (endpoint, node.realm) }
    }

    /// Nobody of the network is at the endpoint, but its packets come from that realm.
    func place(strangerFrom realm: Realm, at endpoint: WireEndpoint) { state.withLock { $0.realms[endpoint] = realm } }

    /// The realm of the network that a sender is on.
    func realm(of endpoint: WireEndpoint) -> Realm { state.withLock { $0.realms[endpoint] } ?? .default }

    /// The realms in which somebody has an address.
    func realms(of address: IPAddress) -> [Realm] {
        state.withLock { state in state.places.keys.filter { $0.address == address }.map(\.realm) }
    }

    func endpoint(_ node: NodeName) -> WireEndpoint? { state.withLock { $0.endpoints[node] } }

    /// Packets for the address go to the node.
    func set(_ address: ScopedAddress, to node: NodeName) { state.withLock { $0.places[address] = node } }

    /// From inside, packets for the address go to the gateway.
    func set(_ address: ScopedAddress, behind gateway: NodeName) { state.withLock { $0.gateways[address] = gateway } }

    /// Leads the addresses of a node, from inside, through `gateway`.
    func turn(_ isInside: (ScopedAddress) -> Bool, to gateway: NodeName) {
        state.withLock { state in
            for address in state.gateways.keys where isInside(address) { state.gateways[address] = gateway }
        }
    }

    /// Where a packet for an address goes.
    ///
    /// - Parameter isInside: whether the sender is behind the gateways.
    func endpoint(_ address: ScopedAddress, isInside: Bool) -> WireEndpoint? {
        state.withLock { state in
            let node = (isInside ? state.gateways[address] : nil) ?? state.places[address]
            return node.flatMap { state.endpoints[$0] }
        }
    }
}
