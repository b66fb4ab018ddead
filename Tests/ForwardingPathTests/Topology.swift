import ForwardingPath
import IPsec

/// A network in one line for each path, its nodes named as in the draft's figures.
///
/// MN and RN are what they say, G and names that begin with R are routers, PR and NR access routers, all others
/// security gateways.
struct Topology {
    var paths: [PathPair] = []
    var mappings: [NodeName: NodeName] = [:]
    var capabilities: [NodeName: NodeCapabilities] = [:]
    var roles: [NodeName: NodeRole] = [:]
    var associations: [AssociationSpec] = []

    init(_ previous: String, _ next: String?, plane: Plane = .data) {
        paths = [PathPair(plane: plane, previous: Self.names(previous), next: next.map(Self.names))]
    }

    /// Adds an SA; `ends` is `FROM TO`.
    func with(
        _ ends: String, named name: String = "sa", suite: AlgorithmSuite = .gcm, plane: Plane = .data,
        origin: PolicyOrigin = .user("MN")
    ) -> Topology {
        var copy = self
        let ends = Self.names(ends)
        copy.associations.append(
            AssociationSpec(
                name: name, plane: plane, from: ends[0], to: ends[1], suite: suite, mode: .tunnel, origin: origin))
        return copy
    }

    func mapping(_ pairs: [NodeName: NodeName]) -> Topology {
        var copy = self
        copy.mappings.merge(pairs) { $1 }
        return copy
    }

    func limiting(_ node: NodeName, suites: [AlgorithmSuite]? = nil, capacity: Int? = nil) -> Topology {
        var copy = self
        copy.capabilities[node] = NodeCapabilities(suites: suites, capacity: capacity)
        return copy
    }

    func role(_ role: NodeRole, of node: NodeName) -> Topology {
        var copy = self
        copy.roles[node] = role
        return copy
    }

    var network: Network {
        let onPaths = paths.flatMap { $0.previous + ($0.next ?? []) }
        let names = Set(onPaths + associations.flatMap { [$0.from, $0.to] } + mappings.values).sorted()
        let nodes = names.map { name in
            Node(
                name: name, role: roles[name] ?? Self.role(of: name),
                capabilities: capabilities[name] ?? NodeCapabilities())
        }
        return Network(nodes: nodes, paths: paths, mappings: mappings)
    }

    var plan: MovePlan { MovePlan.make(network: network, associations: associations) }
    /// The plan of the first SA.
    var first: PlannedAssociation { plan.associations[0] }

    static func names(_ text: String) -> [NodeName] { text.split(separator: " ").compactMap { NodeName($0) } }

    private static func role(of name: NodeName) -> NodeRole {
        switch name.text {
        case "MN": .mobileNode
        case "PR", "NR": .accessRouter
        case let text where text.hasPrefix("RN"): .remoteNode
        case let text where text.hasPrefix("G") || text.hasPrefix("R"): .router
        default: .securityGateway
        }
    }
}

extension PlannedAssociation {
    /// The moves in one line: `SG1>SG2`.
    var moves: String { relocations.map { "\($0.from)>\($0.to)" }.joined(separator: " ") }
}

extension AlgorithmSuite {
    static let gcm = AlgorithmSuite(esp: .aesGCM256) ?? AlgorithmSuite(ah: .hmacSHA256)
    static let chacha = AlgorithmSuite(esp: .chaCha20Poly1305) ?? AlgorithmSuite(ah: .hmacSHA256)
}
