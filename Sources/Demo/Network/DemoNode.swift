import ForwardingPath
import IPsec
import UserspaceIPsec

/// How a node of the network is on the virtual wire.
struct DemoNode {
    private let node: Node
    private let network: Network
    private let routes: DemoRoutes

    init(_ node: Node, in network: Network, routes: DemoRoutes) {
        (self.node, self.network, self.routes) = (node, network, routes)
    }

    /// An address that never moves to another node.
    static func ownAddress(_ name: NodeName, in network: Network) -> IPAddress {
        let index = (network.nodes.firstIndex { $0.name == name } ?? 0) + 1
        return IPAddress(v4: 198, 18, UInt8(truncatingIfNeeded: index >> 8), UInt8(truncatingIfNeeded: index))
    }

    /// The node's stack, its socket bound.
    func makeStack(account: TrafficAccount, capture: DemoCapture) throws -> UserspaceStack {
        let routes = routes
        let host = DemoHost(node.name, account: account)
        var configuration = StackConfiguration(
            engine: engine, endpoint: WireEndpoint(address: 0x7f00_0001, port: 0),
            routes: { [name = node.name] in routes.endpoint(ScopedAddress($1, realm: $0), from: name) },
            onDelivery: { host.take($0) })
        configuration.realms = node.realms
        if capture.isWanted { configuration.tap = { [name = node.name] in capture.take($0, $1, in: $2, at: name) } }
        let stack = try UserspaceStack(configuration)
        // What may move here is taken as its own already: no packet for it is handed on as if in transit.
        if node.role.takesAssociations {
            for other in network.nodes where other.role.takesAssociations {
                for address in other.scopedAddresses { stack.claim(address) }
            }
        }
        return stack
    }

    private var engine: EngineConfiguration {
        // Tunnels between gateways go from own address to own address, which no realm has another node at.
        let realms = Set(network.nodes.flatMap(\.realms)).union([.default])
        var addresses = Set(realms.map { ScopedAddress(Self.ownAddress(node.name, in: network), realm: $0) })
        if !node.role.takesAssociations {
            addresses.formUnion(node.scopedAddresses)
        }
        let peers = network.nodes.filter { $0.role.takesAssociations && $0.name != node.name }
        var engine = EngineConfiguration(
            addresses: addresses,
            peers: Set(
                peers.flatMap { peer in
                    realms.map { ScopedAddress(Self.ownAddress(peer.name, in: network), realm: $0) }
                }))
        if let suites = node.capabilities.suites { engine.suites = Set(suites) }
        if let capacity = node.capabilities.capacity { engine.capacity = capacity }
        if let mtu = network.egressMTU(of: node.name) { engine.egressMTU = mtu }
        if let window = node.capabilities.largestReplayWindow { engine.largestReplayWindow = window }
        return engine
    }
}

extension Node {
    /// Its addresses in each of its realms.
    var scopedAddresses: [ScopedAddress] {
        realms.flatMap { realm in addresses.map { ScopedAddress($0, realm: realm) } }
    }
}
