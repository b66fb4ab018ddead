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
        /// The outbound ones, by the hosts that their traffic is for.
        var endsOfHost: [ScopedAddress: [End.Key]] = [:]
        /// The outbound ones whose traffic is for more than single hosts.
        var wideEnds: Set<End.Key> = []
        /// The outbound ones, by the names of their SAs.
        var keysOfName: [String: [End.Key]] = [:]
        /// How many ends with an address are at each gateway.
        var counts: [ScopedAddress: [NodeName: Int]] = [:]
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
        state.withLock { $0.add(end, End.Key(association)) }
    }

    /// The end of the SA is at that gateway now; the traffic of one that has its name goes through it. Its address follows
    /// with the last end that it has: until then its owner hands on what is for SAs that left.
    func turn(_ association: SecurityAssociation, to gateway: NodeName) {
        state.withLock { state in
            let (key, address) = (End.Key(association), association.gatewayAddress)
            if state.ends[key] == nil {
                state.add(End(address: address, gateway: gateway, selectors: association.attributes.selectors), key)
                if key.direction == .outbound { state.forgetOthers(than: key) }
            }
            state.turn(key, to: gateway)
            let isLast = state.counts[address, default: [:]].allSatisfy { $0.key == gateway || $0.value == 0 }
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
    fileprivate mutating func add(_ end: DemoRoutes.End, _ key: DemoRoutes.End.Key) {
        if let old = ends.updateValue(end, forKey: key) {
            counts[old.address, default: [:]][old.gateway, default: 0] -= 1
        } else if key.direction == .outbound {
            keysOfName[key.name, default: []].append(key)
            let hosts = Set(end.selectors.map(\.destination))
            if hosts.allSatisfy(\.isSingle) {
                for host in hosts {
                    endsOfHost[ScopedAddress(host.lower, realm: key.identifier.realm), default: []].append(key)
                }
            } else {
                wideEnds.insert(key)
            }
        }
        counts[end.address, default: [:]][end.gateway, default: 0] += 1
    }

    /// Takes out the outbound ends of SAs in whose place one of the same name came.
    fileprivate mutating func forgetOthers(than key: DemoRoutes.End.Key) {
        for other in keysOfName[key.name] ?? [] where other != key {
            guard let end = ends.removeValue(forKey: other) else { continue }
            counts[end.address, default: [:]][end.gateway, default: 0] -= 1
            wideEnds.remove(other)
            for host in end.selectors.map(\.destination) where host.isSingle {
                endsOfHost[ScopedAddress(host.lower, realm: other.identifier.realm)]?.removeAll { $0 == other }
            }
        }
        keysOfName[key.name] = [key]
    }

    fileprivate mutating func turn(_ key: DemoRoutes.End.Key, to gateway: NodeName) {
        guard let end = ends[key] else { return }
        ends[key]?.gateway = gateway
        counts[end.address, default: [:]][end.gateway, default: 0] -= 1
        counts[end.address, default: [:]][gateway, default: 0] += 1
    }

    /// The gateway nearest to the sender, between it and the node, that has an SA for the address.
    fileprivate func gateway(to address: ScopedAddress, at node: NodeName, from sender: NodeName) -> NodeName? {
        guard let start = positions[sender], let end = positions[node] else { return nil }
        var nearest: (gateway: NodeName, distance: Double)?
        for key in endsOfHost[address, default: []] + wideEnds {
            guard let lead = ends[key], key.identifier.realm == address.realm, lead.gateway != sender,
                let position = positions[lead.gateway], min(start, end) < position, position < max(start, end),
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
