package import IPsec

/// The nodes, links and paths that a move happens in: what a network file says, without its SAs.
package struct Network: Hashable, Sendable {
    /// In the order of the file; names are unique.
    package let nodes: [Node]
    /// In the order of the file; a path need not follow them.
    package var links: [Link]
    /// At most one for each plane, in the order of the file.
    package var paths: [PathPair]
    /// Which gateway takes the SAs of which, where the operator decided it.
    package var mappings: [NodeName: NodeName]
    /// Nodes that are at the near end of paths beside the one that these name: mobile nodes that move together.
    package var companions: [NodeName: NodeName]
    /// How mobile nodes know their gateways.
    package var gatewayIdentity: GatewayIdentity

    private let index: [NodeName: Int]
    private let owners: [Place: NodeName]

    private struct Place: Hashable {
        let address: IPAddress
        let realm: Realm
    }

    /// A network of nodes with different names.
    package init(
        nodes: [Node], links: [Link] = [], paths: [PathPair] = [], mappings: [NodeName: NodeName] = [:],
        companions: [NodeName: NodeName] = [:], gatewayIdentity: GatewayIdentity = .indirect
    ) {
        self.nodes = nodes
        self.links = links
        self.paths = paths
        self.mappings = mappings
        self.companions = companions
        self.gatewayIdentity = gatewayIdentity
        index = Dictionary(nodes.enumerated().map { ($1.name, $0) }) { first, _ in first }
        var owners: [Place: NodeName] = [:]
        for node in nodes.reversed() {
            for realm in node.realms {
                for address in node.addresses { owners[Place(address: address, realm: realm)] = node.name }
            }
        }
        self.owners = owners
    }

    /// The node that has an address in a realm.
    package func owner(of address: IPAddress, in realm: Realm) -> NodeName? {
        owners[Place(address: address, realm: realm)]
    }

    /// The node of that name.
    package func node(_ name: NodeName) -> Node? { index[name].map { nodes[$0] } }

    /// The paths of a plane.
    package func path(on plane: Plane) -> PathPair? { paths.first { $0.plane == plane } }

    /// The node that stands on paths for a node: itself, or the one beside which it is.
    package func seat(of name: NodeName) -> NodeName { companions[name] ?? name }

    /// The nodes that are on paths beside one, in the order of the file.
    package func companions(of seat: NodeName) -> [NodeName] {
        nodes.map(\.name).filter { companions[$0] == seat }
    }

    /// The first realm that two nodes share; `nil` where nothing can pass between them untranslated.
    package func realm(of first: NodeName, _ second: NodeName) -> Realm? {
        let others = node(second)?.realms ?? []
        return node(first)?.realms.first { others.contains($0) }
    }

    /// The MTU with which packets leave a node, in octets: the smallest of its links'; `nil` where none is said to have one.
    package func egressMTU(of name: NodeName) -> UInt16? {
        links.filter { $0.first == name || $0.second == name }.compactMap(\.mtu).min()
    }

    /// The network with one node other than it was.
    package func replacing(_ node: Node) -> Network {
        Network(
            nodes: nodes.map { $0.name == node.name ? node : $0 }, links: links, paths: paths, mappings: mappings,
            companions: companions, gatewayIdentity: gatewayIdentity)
    }

    /// The network after a path of one plane changed.
    package func replacing(_ path: PathPair) -> Network {
        var changed = self
        if let position = paths.firstIndex(where: { $0.plane == path.plane }) {
            changed.paths[position] = path
        } else {
            changed.paths.append(path)
        }
        return changed
    }
}
