import ForwardingPath
import IPsec

/// Reads the SAs of a network file.
struct AssociationReader {
    private static let keys = [
        "name", "plane", "from", "to", "protocol", "mode", "spi", "encryption", "integrity", "replay-window", "esn",
        "lifetime", "selectors", "encapsulation", "origin", "user", "gateway-address", "path-mtu",
        "count", "last-sent",
    ]

    let network: Network
    let names: KnownNodes

    /// An identifier is unique at the node that receives.
    private struct Owner: Hashable {
        let node: NodeName
        let identifier: SAIdentifier
    }

    func read(_ list: YAMLValue?, usedByOperator: Set<String>) throws(FileError) -> [AssociationEntry] {
        var associations: [AssociationEntry] = []
        var seen: Set<String> = []
        var owners: [Owner: String] = [:]
        for item in try list?.items() ?? [] {
            for entry in try entries(item, usedByOperator: usedByOperator) {
                guard seen.insert(entry.name).inserted else {
                    throw item.error(
                        "the association \"\(entry.name)\" is there twice", fix: "Give each one its own name.")
                }
                if let owner = owners.updateValue(
                    entry.name, forKey: Owner(node: entry.to, identifier: entry.identifier))
                {
                    throw item.error(
                        "the SPI \(entry.identifier.spi) of \"\(entry.name)\" is already that of \"\(owner)\" at "
                            + "\(entry.to)",
                        fix: "Give each association that ends there its own SPI.")
                }
                associations.append(entry)
            }
        }
        return associations
    }

    /// The SA of an entry, or the many that one with `count` stands for: `up-1` at the first address of the node with as
    /// many, `up-2` at the second with the next SPI, and so on.
    private func entries(_ value: YAMLValue, usedByOperator: Set<String>) throws(FileError) -> [AssociationEntry] {
        let map = try value.mapping(keys: Self.keys)
        guard let number = map["count"] else { return [try association(map, nil, usedByOperator)] }
        let count = try number.integer(1...NodeReader.mostMembers)
        let ends = [
            try names.node(try map.required("from", example: "MN")),
            try names.node(try map.required("to", example: "SG1")),
        ]
        guard let crowd = ends.first(where: { (network.node($0)?.addresses.count ?? 0) >= count }) else {
            throw number.error(
                "\(number.path) is \(count), and neither \(ends[0]) nor \(ends[1]) stands for as many nodes",
                fix: "Give one of them that count.")
        }
        var entries: [AssociationEntry] = []
        for index in 0..<count {
            entries.append(try association(map, Member(node: crowd, index: index), usedByOperator))
        }
        return entries
    }

    /// One of the many that an entry stands for.
    private struct Member {
        /// The node that stands for many.
        let node: NodeName
        /// From 0.
        let index: Int
    }

    private func association(
        _ map: YAMLMapping, _ member: Member?, _ usedByOperator: Set<String>
    ) throws(FileError) -> AssociationEntry {
        let value = map.value
        let family = try map.required("name", example: "up").name()
        let name = member.map { "\(family)-\($0.index + 1)" } ?? family
        let plane = try map["plane"]?.choice(Plane.self, called: "plane") ?? .data
        let from = try names.node(try map.required("from", example: "MN"))
        let to = try names.node(try map.required("to", example: "SG1"))
        guard from != to else {
            throw value.error("\(value.path) goes from \(from) to itself", fix: "Choose two different nodes.")
        }
        let modes = ProtocolMode.standard.map { ($0.name, $0) }
        let mode = try map["mode"]?.word(called: "mode", among: modes) ?? .tunnel
        let suite = try SuiteReader(map).read()
        let (source, destination) = try virtual(
            map["gateway-address"], from, to, try addresses(from, to, member, value))
        let own = member.map { ($0.node, $0.index, $0.node == from ? source : destination) }
        let traffic = DefaultTraffic(network: network, plane: plane, from: from, to: to, mode: mode, member: own)
        let window = try replayWindow(map["replay-window"])
        let lifetimes = try LifetimeReader.read(map["lifetime"])
        let isExtended = try isExtended(map["esn"], window: window)
        var entry = AssociationEntry(
            name: name, family: member.map { _ in family }, plane: plane, from: from, to: to,
            identifier: SAIdentifier(
                spi: try spi(try map.required("spi", example: "0x1001"), plus: member?.index ?? 0),
                destination: destination,
                securityProtocol: suite.securityProtocol,
                realm: network.realm(of: from, to) ?? network.node(to)?.realm ?? .default),
            source: source, mode: mode, suite: suite,
            replayWindowSize: window, extendedSequenceNumbers: isExtended,
            softLifetime: lifetimes.soft, hardLifetime: lifetimes.hard,
            selectors: try map["selectors"].map { value throws(FileError) in try SelectorReader.read(value) }
                ?? traffic.selectors,
            pathMTU: try pathMTU(map["path-mtu"]),
            encapsulation: try encapsulation(map["encapsulation"], suite),
            origin: try origin(map, user: traffic.user, isOperators: usedByOperator.contains(name)))
        // The last of 32 bits is left for its one packet.
        let limit = isExtended ? Int.max : Int(UInt32.max) - 1
        entry.lastSent = UInt64(try map["last-sent"]?.integer(0...limit) ?? 0)
        return entry
    }

    private func spi(_ value: YAMLValue, plus index: Int) throws(FileError) -> SPI {
        let number = try value.integer(0...Int(UInt32.max))
        guard number + index <= Int(UInt32.max) else {
            throw value.error("there are no \(index + 1) SPIs from \(number) on", fix: "Choose a lower one.")
        }
        guard number > 255, let spi = SPI(UInt32(number + index)) else {
            throw value.error(
                "\(value.path) is \(number), and 0 to 255 are reserved", fix: "Choose one from 0x100 to 0xffffffff.")
        }
        return spi
    }

    /// The first addresses of both ends that are of one family.
    private func addresses(
        _ from: NodeName, _ to: NodeName, _ member: Member?, _ value: YAMLValue
    ) throws(FileError) -> (source: IPAddress, destination: IPAddress) {
        let addresses = { (name: NodeName) in
            let all = network.node(name)?.addresses[...] ?? []
            guard let member, member.node == name else { return all }
            return all[member.index...member.index]
        }
        for destination in addresses(to) {
            for source in addresses(from) where source.family == destination.family {
                return (source, destination)
            }
        }
        throw value.error(
            "\(from) and \(to), the ends of \(value.path), have no addresses of the same family",
            fix: "Give one of them an address of the other's family.")
    }

    /// The addresses with a virtual one at the gateway's end, which came there with an earlier move.
    private func virtual(
        _ value: YAMLValue?, _ from: NodeName, _ to: NodeName, _ own: (source: IPAddress, destination: IPAddress)
    ) throws(FileError) -> (source: IPAddress, destination: IPAddress) {
        guard let value else { return own }
        let address = try value.address()
        guard address.family == own.destination.family else {
            throw value.error(
                "\(value.path) is not of the family of \(own.destination)", fix: "Give one of the same family.")
        }
        let isAtReceiver = network.node(to)?.role.takesAssociations ?? false
        return isAtReceiver ? (own.source, address) : (address, own.destination)
    }

    private func replayWindow(_ value: YAMLValue?) throws(FileError) -> Int? {
        guard let value else { return 64 }
        if ["off", "false", "no"].contains(value.rawText) { return nil }
        let sizes = ReplayWindow.sizes
        guard let size = try? value.integer(sizes) else {
            throw value.expected(
                "a size from \(sizes.lowerBound) to \(sizes.upperBound), or off",
                "Write the number of packets, such as 64.")
        }
        return size
    }

    /// RFC 4303 section 3.4.3: the upper half of an extended number cannot be known without a window.
    private func isExtended(_ value: YAMLValue?, window: Int?) throws(FileError) -> Bool {
        guard let value, try value.boolean() else { return false }
        guard window != nil else {
            throw value.error(
                "\(value.path) is on, and the replay window is off",
                fix: "Turn it off, or give replay-window a size such as 64.")
        }
        return true
    }

    /// In octets, or with its age: `{octets: 1400, age: 500s}`.
    private func pathMTU(_ value: YAMLValue?) throws(FileError) -> PathMTU? {
        guard let value else { return nil }
        guard value.isMapping else { return PathMTU(octets: UInt16(try value.integer(Link.mtus))) }
        let map = try value.mapping(keys: ["octets", "age"])
        let octets = try map.required("octets", example: "1400").integer(Link.mtus)
        return PathMTU(octets: UInt16(octets), age: try map["age"]?.duration() ?? .zero)
    }

    private func encapsulation(_ value: YAMLValue?, _ suite: AlgorithmSuite) throws(FileError) -> UDPEncapsulation? {
        guard let value else { return nil }
        let isUDP = try value.word(called: "encapsulation", among: [("udp", true), ("none", false)])
        guard !isUDP || suite.securityProtocol == .esp else {
            throw value.error("\(value.path) is udp, and AH cannot be encapsulated", fix: "Take it out, or use esp.")
        }
        return isUDP ? UDPEncapsulation() : nil
    }

    private func origin(_ map: YAMLMapping, user: String, isOperators: Bool) throws(FileError) -> PolicyOrigin {
        let words = [("user", false), ("static", true)]
        let isStatic = try map["origin"]?.word(called: "origin", among: words) ?? (isOperators && map["user"] == nil)
        guard isStatic else { return .user(try map["user"]?.text() ?? user) }
        if let named = map["user"] {
            throw named.error(
                "\(named.path) is given, and the origin is static", fix: "Take it out, or make the origin user.")
        }
        return .static
    }
}
