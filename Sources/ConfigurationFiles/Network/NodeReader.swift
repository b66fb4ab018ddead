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
        let map = try value.mapping(keys: [
            "role", "addresses", "realm", "realms", "daemon", "algorithms", "capacity", "replay-window", "count",
        ])
        let role = try map.required("role", example: "security-gateway").choice(NodeRole.self, called: "role")
        let realms = try realms(map)
        var addresses: [IPAddress] = []
        for item in try map.required("addresses", example: "[127.10.0.3]").items() {
            let address = try item.address()
            for realm in realms {
                guard let owner = owners.updateValue(name, forKey: Place(address: address, realm: realm)) else {
                    continue
                }
                throw item.error(
                    "the address \(address) of \(name) is already an address of \(owner)",
                    fix: "Give each node its own, or put one of them in another realm.")
            }
            addresses.append(address)
        }
        if let count = map["count"] { addresses = try crowd(addresses, count, role, name, realms, &owners) }
        guard !addresses.isEmpty else {
            throw value.error("\(value.path).addresses is empty", fix: "Give the node at least one address.")
        }
        return Node(
            name: name, role: role, addresses: addresses, realms: realms,
            capabilities: NodeCapabilities(
                suites: try suites(map["algorithms"]), capacity: try map["capacity"]?.integer(0...Int(Int32.max)),
                largestReplayWindow: try map["replay-window"]?.integer(ReplayWindow.sizes)),
            endpoints: try endpoints(map["daemon"]))
    }

    /// The addresses of so many mobile nodes, which follow one another.
    private func crowd(
        _ addresses: [IPAddress], _ value: YAMLValue, _ role: NodeRole, _ name: NodeName, _ realms: [Realm],
        _ owners: inout [Place: NodeName]
    ) throws(FileError) -> [IPAddress] {
        let count = try value.integer(1...Self.mostMembers)
        guard role == .mobileNode, addresses.count == 1, let first = addresses.first else {
            throw value.error(
                "\(value.path) is given, and \(name) is not a mobile node with one address",
                fix: "Give the address of the first one: the others' follow it.")
        }
        let all = (0..<count).map { IPAddress(family: first.family, value: first.value + UInt128($0)) }
        guard Set(all).count == count else {
            throw value.error("there are no \(count) addresses from \(first) on", fix: "Choose a lower one.")
        }
        for address in all.dropFirst() {
            for realm in realms {
                guard let owner = owners.updateValue(name, forKey: Place(address: address, realm: realm)) else {
                    continue
                }
                throw value.error(
                    "the address \(address) of \(name) is already an address of \(owner)",
                    fix: "Give each node its own, or put one of them in another realm.")
            }
        }
        return all
    }

    /// The most mobile nodes that one entry may stand for.
    static let mostMembers = 100_000

    /// One realm, or several in which the node has the same addresses.
    private func realms(_ map: YAMLMapping) throws(FileError) -> [Realm] {
        guard let list = map["realms"] else { return [try map["realm"].map(realm) ?? .default] }
        if let single = map["realm"] {
            throw single.error("\(single.path) is given beside realms", fix: "Put it into realms, or take realms out.")
        }
        var realms: [Realm] = []
        for item in try list.items() {
            let realm = try realm(item)
            guard !realms.contains(realm) else {
                throw item.error("the realm \(realm) is there twice\(item.inPath)", fix: "Keep one of them.")
            }
            realms.append(realm)
        }
        guard !realms.isEmpty else {
            throw list.error("\(list.path) is empty", fix: "Name a realm, or take it out.")
        }
        return realms
    }

    private func realm(_ value: YAMLValue) throws(FileError) -> Realm {
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
