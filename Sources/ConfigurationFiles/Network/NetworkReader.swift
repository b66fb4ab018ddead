import ForwardingPath
import IPsec

/// Reads the keys of a network file.
struct NetworkReader {
    private let top: YAMLMapping

    init(_ top: YAMLMapping) { self.top = top }

    func read() throws(FileError) -> NetworkFile {
        let nodes = try nodes()
        let names = KnownNodes(nodes.map(\.name))
        let paths = try paths(names)
        let network = Network(
            nodes: nodes, links: try links(names), paths: paths, mappings: try mappings(names),
            companions: try companions(names),
            gatewayIdentity: try top["gateway-identity"]?.choice(GatewayIdentity.self, called: "identity") ?? .indirect)
        let reader = AssociationReader(network: network, names: names)
        let staticNames = try PolicyReader.protectingAssociations(top["policies"])
        let associations = try reader.read(top["associations"], usedByOperator: staticNames)
        let policies = try PolicyReader(names: names, associations: associations).read(top["policies"])
        return NetworkFile(
            name: try name(), network: network, associations: associations, policies: policies,
            profiles: try profiles())
    }

    /// What may protect users' traffic, the most preferred first.
    private func profiles() throws(FileError) -> [String: UserProfile] {
        var profiles: [String: UserProfile] = [:]
        for (key, value) in try top["profiles"]?.entries() ?? [] {
            let user = try key.text()
            var suites: [AlgorithmSuite] = []
            for item in try value.items() { suites += try item.suites() }
            guard !suites.isEmpty else {
                throw value.error(
                    "\(value.path) is empty, so that nothing may protect the traffic of \(user)",
                    fix: "Name the algorithms, or take the profile out.")
            }
            profiles[user] = UserProfile(user: user, suites: suites)
        }
        return profiles
    }

    private func name() throws(FileError) -> String {
        if let name = top["name"] { return try name.name() }
        let file = top.value.file.split(separator: "/").last.map(String.init) ?? "network"
        let stem = file.split(separator: ".").first.map(String.init) ?? file
        return NameRule.allows(stem) ? stem : "network"
    }

    private func nodes() throws(FileError) -> [Node] {
        let value = try top.required("nodes", example: "{MN: {role: mobile-node, addresses: [127.10.0.1]}}")
        var nodes: [Node] = []
        var owners: [NodeReader.Place: NodeName] = [:]
        for (key, value) in try value.entries() {
            nodes.append(try NodeReader(key: key, value: value).read(&owners))
        }
        guard !nodes.isEmpty else {
            throw value.error("nodes is empty", fix: "Add the nodes of the network under it.")
        }
        return nodes
    }

    private func links(_ names: KnownNodes) throws(FileError) -> [Link] {
        var links: [Link] = []
        for item in try top["links"]?.items() ?? [] {
            var (nodes, mtu): (YAMLValue, UInt16?) = (item, nil)
            if item.isMapping {
                let map = try item.mapping(keys: ["between", "mtu"])
                nodes = try map.required("between", example: "[MN, PR]")
                mtu = try map["mtu"].map { value throws(FileError) in UInt16(try value.integer(Link.mtus)) }
            }
            let ends = try nodes.items()
            guard ends.count == 2 else {
                throw nodes.error(
                    "\(nodes.path) has \(ends.count) nodes, and a link has two", fix: "Write it as [MN, PR].")
            }
            links.append(Link(try names.node(ends[0]), try names.node(ends[1]), mtu: mtu))
        }
        return links
    }

    private func paths(_ names: KnownNodes) throws(FileError) -> [PathPair] {
        var paths: [PathPair] = []
        for (key, value) in try top["paths"]?.entries() ?? [] {
            let plane = try key.choice(Plane.self, called: "plane")
            let pair = try value.mapping(keys: ["previous", "next"])
            let previous = try names.path(try pair.required("previous", example: "[MN, PR, SG1, G, RN]"))
            let next: [NodeName]? = if let value = pair["next"] { try names.path(value) } else { nil }
            paths.append(PathPair(plane: plane, previous: previous, next: next))
        }
        return paths
    }

    /// Nodes that are where a path begins, beside the first one there; in one path it is for all.
    private func companions(_ names: KnownNodes) throws(FileError) -> [NodeName: NodeName] {
        var companions: [NodeName: NodeName] = [:]
        for (_, value) in try top["paths"]?.entries() ?? [] {
            for key in ["previous", "next"] {
                guard let path = try value.mapping(keys: ["previous", "next"])[key] else { continue }
                let first = try names.path(path).first
                for name in try names.companions(path) where name != first { companions[name] = first }
            }
        }
        return companions
    }

    private func mappings(_ names: KnownNodes) throws(FileError) -> [NodeName: NodeName] {
        var mappings: [NodeName: NodeName] = [:]
        for (key, value) in try top["mappings"]?.entries() ?? [] {
            mappings[try names.node(key)] = try names.node(value)
        }
        return mappings
    }
}
