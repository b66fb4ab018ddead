import ForwardingPath
import IPsec
import Synchronization
import UserspaceIPsec

/// Who has which address on the demo's virtual wire. A virtual address is a route here, never a rebound socket.
final class DemoRoutes: Sendable {
    private let state = Mutex(State())

    fileprivate struct State {
        /// Where nodes are on the wire of each of their realms.
        var endpoints: [NodeName: [Realm: WireEndpoint]] = [:]
        /// Where packets for an address go.
        var places: [ScopedAddress: NodeName] = [:]
        /// The ends of SAs that are at gateways.
        var ends: [End.Key: End] = [:]
        /// How far along its path a node is: 0 at the near end, 1 at the far end.
        var positions: [NodeName: Double] = [:]
    }

    fileprivate struct End {
        struct Key: Hashable {
            let identifier: SAIdentifier
            let direction: Direction
            let name: String
        }

        let address: ScopedAddress
        var gateway: NodeName
        let selectors: [TrafficSelector]
    }

    /// The node is where its stack's sockets are.
    func place(_ node: Node, _ stack: UserspaceStack) {
        let places = node.realms.compactMap { realm in stack.endpoint(in: realm).map { (realm, $0) } }
        state.withLock { $0.endpoints[node.name] = Dictionary(places) { first, _ in first } }
    }

    /// The realms in which somebody has an address.
    func realms(of address: IPAddress) -> [Realm] {
        state.withLock { state in state.places.keys.filter { $0.address == address }.map(\.realm) }
    }

    /// Packets for the address go to the node.
    func set(_ address: ScopedAddress, to node: NodeName) { state.withLock { $0.places[address] = node } }

    /// The nodes of the network's paths are where they are on them.
    func set(_ network: Network) {
        state.withLock { state in
            for nodes in network.paths.flatMap({ [$0.next ?? [], $0.previous] }) {
                for (index, node) in nodes.enumerated() {
                    state.positions[node] = Double(index) / Double(max(1, nodes.count - 1))
                }
            }
            for (node, seat) in network.companions { state.positions[node] = state.positions[seat] }
        }
    }

    /// An end of the SA is at a gateway: what it protects leads there.
    func set(_ association: SecurityAssociation, at gateway: NodeName) {
        let end = End(
            address: association.gatewayAddress, gateway: gateway, selectors: association.attributes.selectors)
        state.withLock { $0.ends[End.Key(association)] = end }
    }

    /// The end of the SA is at that gateway now; the traffic of one that has its name goes through it. Its address follows with the last end that it has: until then its owner
    /// hands on what is for SAs that left.
    func turn(_ association: SecurityAssociation, to gateway: NodeName) {
        state.withLock { state in
            let (key, address) = (End.Key(association), association.gatewayAddress)
            if state.ends[key] == nil {
                state.ends[key] = End(
                    address: address, gateway: gateway, selectors: association.attributes.selectors)
                if key.direction == .outbound {
                    state.ends = state.ends.filter {
                        $0.key == key || $0.key.direction == .inbound || $0.key.name != key.name
                    }
                }
            }
            state.ends[key]?.gateway = gateway
            let isLast = state.ends.values.allSatisfy { $0.address != address || $0.gateway == gateway }
            if isLast { state.places[address] = gateway }
        }
    }

    /// SAs ended at that gateway, and others took their place: where all that are left of an address are, is the address.
    func withdraw(_ identifiers: [SAIdentifier], at gateway: NodeName) {
        state.withLock { state in
            let gone = state.ends.filter { identifiers.contains($0.key.identifier) && $0.value.gateway == gateway }
            for key in gone.keys { state.ends[key] = nil }
            for address in Set(gone.values.map(\.address)) {
                let places = Set(state.ends.values.filter { $0.address == address }.map(\.gateway))
                if let only = places.first, places.count == 1 { state.places[address] = only }
            }
        }
    }

    /// Where a packet for an address goes: to the next gateway on the way that has an SA for it, or to the node itself.
    ///
    /// - Parameter sender: the node that sends it; `nil` for one that is on no path.
    func endpoint(_ address: ScopedAddress, from sender: NodeName?) -> WireEndpoint? {
        state.withLock { state in
            guard let node = state.places[address] else { return nil }
            let next = sender.flatMap { state.gateway(to: address, at: node, from: $0) } ?? node
            return state.endpoints[next]?[address.realm]
        }
    }
}

extension DemoRoutes.State {
    /// The gateway nearest to the sender, between it and the node, that has an SA for the address.
    fileprivate func gateway(to address: ScopedAddress, at node: NodeName, from sender: NodeName) -> NodeName? {
        guard let start = positions[sender], let end = positions[node] else { return nil }
        var nearest: (gateway: NodeName, distance: Double)?
        for (key, lead) in ends
        where key.direction == .outbound && key.identifier.realm == address.realm && lead.gateway != sender {
            guard let position = positions[lead.gateway], min(start, end) < position, position < max(start, end),
                lead.selectors.contains(where: { $0.destination.contains(address.address) })
            else { continue }
            let distance = abs(position - start)
            if distance < nearest?.distance ?? .infinity { nearest = (lead.gateway, distance) }
        }
        return nearest?.gateway
    }
}

extension DemoRoutes.End.Key {
    fileprivate init(_ association: SecurityAssociation) {
        (identifier, direction, name) = (association.identifier, association.direction, association.name)
    }
}

extension SecurityAssociation {
    /// The address of the end where it is.
    fileprivate var gatewayAddress: ScopedAddress {
        ScopedAddress(direction == .inbound ? identifier.destination : source, realm: identifier.realm)
    }
}
