import ConfigurationFiles
import ForwardingPath
import IPsec
import UserspaceIPsec

/// What the network file says to one daemon, checked: all of it is read anew at SIGHUP.
struct NetworkPart {
    let network: Network
    let node: Node
    /// Where the daemon listens for routers.
    let cxtp: Endpoint
    /// The planes of SAs by name.
    let planes: [String: Plane]
    /// What may protect users' traffic, by user.
    let profiles: [String: UserProfile]
    /// The addresses of the other gateways.
    let peers: Set<ScopedAddress>
    /// The operator's own policies, which never move.
    let policies: [Policy]

    /// Reads the file that a configuration names; throws a sentence with the place and the fix.
    ///
    /// - Parameter path: the configuration's.
    init(_ configuration: DaemonConfiguration, from path: String) throws {
        let file = try NetworkFile.load(configuration.network)
        guard let node = file.network.node(configuration.node) else {
            throw SetupError.unknownNode(configuration.node, file: configuration.network)
        }
        guard node.role.runsDaemon else { throw SetupError.role(node.name, node.role) }
        guard let cxtp = configuration.cxtp ?? node.endpoints.cxtp else { throw SetupError.noEndpoint(file: path) }
        (network, self.node, self.cxtp) = (file.network, node, cxtp)
        planes = Dictionary(file.associations.map { ($0.name, $0.plane) }) { first, _ in first }
        profiles = file.profiles
        let others = network.nodes.filter { $0.role.takesAssociations && $0.name != node.name }
        peers = Set(
            others.flatMap { peer in
                peer.realms.flatMap { realm in peer.addresses.map { ScopedAddress($0, realm: realm) } }
            })
        policies = file.policies.filter { $0.association == nil && $0.applies(to: node) }.map {
            Policy(
                name: $0.name, direction: $0.direction, selectors: $0.selectors, action: $0.action, origin: .static)
        }
    }
}
