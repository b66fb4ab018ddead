import ForwardingPath
import IPsec

/// Reads one node of a network file.
struct NodeReader {
    /// An address in its realm, which belongs to one node.
    struct Place: Hashable {
        let address: IPAddress
        let realm: Realm
    }

    let key: YAMLValue
    let value: YAMLValue

    func read(_ owners: inout [Place: NodeName]) throws(FileError) -> Node {
        let text = try key.name()
        guard let name = NodeName(text[...]) else { preconditionFailure("A name of the file is a node name.") }
        let map = try value.mapping(keys: ["role", "addresses", "realm", "daemon", "algorithms", "capacity"])
        let role = try map.required("role", example: "security-gateway").choice(NodeRole.self, called: "role")
        let realm = try realm(map["realm"])
        var addresses: [IPAddress] = []
        for item in try map.required("addresses", example: "[127.10.0.3]").items() {
            let address = try item.address()
            if let owner = owners.updateValue(name, forKey: Place(address: address, realm: realm)) {
                throw item.error(
                    "the address \(address) of \(name) is already an address of \(owner)",
                    fix: "Give each node its own, or put one of them in another realm.")
            }
            addresses.append(address)
        }
        guard !addresses.isEmpty else {
            throw value.error("\(value.path).addresses is empty", fix: "Give the node at least one address.")
        }
        return Node(
            name: name, role: role, addresses: addresses, realm: realm,
            capabilities: NodeCapabilities(
                suites: try suites(map["algorithms"]), capacity: try map["capacity"]?.integer(0...Int(Int32.max))),
            endpoints: try endpoints(map["daemon"]))
    }

    private func realm(_ value: YAMLValue?) throws(FileError) -> Realm {
        guard let value else { return .default }
        let text = try value.text()
        guard text != "default" else { return .default }
        guard let realm = Realm(text) else {
            throw value.error("\(value.path) is longer than 255 octets", fix: "Choose a shorter name.")
        }
        return realm
    }

    private func suites(_ value: YAMLValue?) throws(FileError) -> [AlgorithmSuite]? {
        guard let value else { return nil }
        var suites: [AlgorithmSuite] = []
        for item in try value.items() { suites += try item.suites() }
        return suites
    }

    private func endpoints(_ value: YAMLValue?) throws(FileError) -> NodeEndpoints {
        guard let map = try value?.mapping(keys: ["cxtp", "api"]) else { return NodeEndpoints() }
        return NodeEndpoints(cxtp: try map["cxtp"]?.endpoint(), api: try map["api"]?.endpoint())
    }
}
