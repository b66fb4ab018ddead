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
        /// How many ends with an address are at each gateway.
        var counts: [ScopedAddress: [NodeName: Int]] = [:]
        /// Ends that others took the place of elsewhere, and through which packets still come until they are withdrawn.
        var lingering: [SAIdentifier: End] = [:]
        /// How far along its path a node is: 0 at the near end, 1 at the far end.
        var positions: [NodeName: Double] = [:]
    }

    fileprivate struct End {
        /// An SA keeps its name and its realm when its gateway's end gets another SPI or address, and one that is
        /// negotiated anew has the old one's.
        struct Key: Hashable {
            let name: String
            let realm: Realm
            let direction: Direction
        }

        let identifier: SAIdentifier
        let address: ScopedAddress
        let gateway: NodeName
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
        state.withLock { $0.add(End(association, at: gateway), End.Key(association)) }
    }

    /// The end of the SA is at that gateway now; one that was negotiated anew takes over the traffic of the one before it.
    /// Its address follows with the last end that it has: until then its owner hands on what is for SAs that left. An end
    /// that has another address now leaves the old one where it is.
    ///
    /// - Parameter old: the SA that this one was negotiated in the place of: where it is at another gateway, packets come
    ///   through it until that withdraws it, and the address stays.
    func turn(_ association: SecurityAssociation, to gateway: NodeName, inPlaceOf old: SAIdentifier? = nil) {
        state.withLock { state in
            let address = association.gatewayAddress
            state.settle(association.identifier)
            let before = state.ends[End.Key(association)]
            if let before, before.identifier == old, before.gateway != gateway { state.linger(before) }
            state.add(End(association, at: gateway), End.Key(association))
            let isLast = state.counts[address, default: [:]].allSatisfy { $0.key == gateway || $0.value == 0 }
            if isLast { state.places[address] = gateway }
        }
    }

    /// SAs ended at that gateway, and others took their place: where all that are left of an address are, is the address.
    func withdraw(_ identifiers: [SAIdentifier], at gateway: NodeName) {
        state.withLock { state in
            let gone = state.ends.filter { identifiers.contains($0.value.identifier) && $0.value.gateway == gateway }
            for key in gone.keys { state.remove(key) }
            for identifier in identifiers where state.lingering[identifier]?.gateway == gateway {
                state.settle(identifier)
            }
            let destinations = identifiers.map { ScopedAddress($0.destination, realm: $0.realm) }
            for address in Set(gone.values.map(\.address) + destinations) {
                let places = state.counts[address, default: [:]].filter { $0.value > 0 }.keys
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
    /// An end that another one takes the place of keeps its address where it is.
    fileprivate mutating func linger(_ end: DemoRoutes.End) {
        settle(end.identifier)
        lingering[end.identifier] = end
        counts[end.address, default: [:]][end.gateway, default: 0] += 1
    }

    /// Nothing comes through it any more, or it is where it is known to be.
    fileprivate mutating func settle(_ identifier: SAIdentifier) {
        guard let end = lingering.removeValue(forKey: identifier) else { return }
        counts[end.address, default: [:]][end.gateway, default: 0] -= 1
    }

    /// Adds an end, in the place of the one that the SA had.
    fileprivate mutating func add(_ end: DemoRoutes.End, _ key: DemoRoutes.End.Key) {
        remove(key)
        ends[key] = end
        counts[end.address, default: [:]][end.gateway, default: 0] += 1
        guard key.direction == .outbound else { return }
        let hosts = Set(end.selectors.map(\.destination))
        guard hosts.allSatisfy(\.isSingle) else {
            wideEnds.insert(key)
            return
        }
        for host in hosts { endsOfHost[ScopedAddress(host.lower, realm: key.realm), default: []].append(key) }
    }

    fileprivate mutating func remove(_ key: DemoRoutes.End.Key) {
        guard let end = ends.removeValue(forKey: key) else { return }
        counts[end.address, default: [:]][end.gateway, default: 0] -= 1
        wideEnds.remove(key)
        for host in end.selectors.map(\.destination) where host.isSingle {
            endsOfHost[ScopedAddress(host.lower, realm: key.realm)]?.removeAll { $0 == key }
        }
    }

    /// The gateway nearest to the sender, between it and the node, that has an SA for the address.
    fileprivate func gateway(to address: ScopedAddress, at node: NodeName, from sender: NodeName) -> NodeName? {
        guard let start = positions[sender], let end = positions[node] else { return nil }
        var nearest: (gateway: NodeName, distance: Double)?
        for key in endsOfHost[address, default: []] + wideEnds {
            guard let lead = ends[key], key.realm == address.realm, lead.gateway != sender,
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
        (name, realm) = (association.name, association.identifier.realm)
        direction = association.direction
    }
}

extension DemoRoutes.End {
    fileprivate init(_ association: SecurityAssociation, at gateway: NodeName) {
        self.init(
            identifier: association.identifier, address: association.gatewayAddress, gateway: gateway,
            selectors: association.attributes.selectors)
    }
}

extension SecurityAssociation {
    /// The address of the end where it is.
    fileprivate var gatewayAddress: ScopedAddress {
        ScopedAddress(direction == .inbound ? identifier.destination : source, realm: identifier.realm)
    }
}
