import IPsec

/// Reads traffic selectors (RFC 4301 section 4.4.1.1).
enum SelectorReader {
    private static let keys = [
        "source", "destination", "protocol", "source-ports", "destination-ports", "name", "sensitivity-level", "dscp",
    ]

    /// The selectors of a list.
    static func read(_ list: YAMLValue) throws(FileError) -> [TrafficSelector] {
        var selectors: [TrafficSelector] = []
        for item in try list.items() { selectors.append(try selector(item)) }
        guard !selectors.isEmpty else {
            throw list.error("\(list.path) is empty", fix: "Leave the key out, or write at least one selector.")
        }
        return selectors
    }

    private static func selector(_ value: YAMLValue) throws(FileError) -> TrafficSelector {
        let map = try value.mapping(keys: keys)
        let source = try map.required("source", example: "192.0.2.0/24").addressRange()
        let destination = try map.required("destination", example: "192.0.2.0/24").addressRange()
        guard source.lower.family == destination.lower.family else {
            throw value.error(
                "\(value.path) has a source and a destination of different families",
                fix: "Use IPv4 for both or IPv6 for both, and a selector for each.")
        }
        let next = try map["protocol"].map { value throws(FileError) in try nextProtocol(value) }
        let sourcePorts = try map["source-ports"].map { value throws(FileError) in try ports(value) }
        let destinationPorts = try map["destination-ports"].map { value throws(FileError) in try ports(value) }
        return TrafficSelector(
            source: source, destination: destination, nextProtocol: next, sourcePorts: sourcePorts,
            destinationPorts: destinationPorts, name: try map["name"]?.text(),
            sensitivityLevel: try map["sensitivity-level"].map { value throws(FileError) in
                UInt8(try value.integer(0...255))
            },
            dscp: try map["dscp"].map { value throws(FileError) in UInt8(try value.integer(0...63)) })
    }

    private static func nextProtocol(_ value: YAMLValue) throws(FileError) -> UInt8 {
        let names: [String: UInt8] = ["ah": 51, "esp": 50, "icmp": 1, "tcp": 6, "udp": 17, "icmpv6": 58, "sctp": 132]
        if let number = names[value.rawText] { return number }
        guard let number = UInt8(value.rawText) else {
            throw value.expected(
                "a protocol", "Write \(names.keys.sorted().joined(separator: ", ")), or a number from 0 to 255.")
        }
        return number
    }

    private static func ports(_ value: YAMLValue) throws(FileError) -> ClosedRange<UInt16> {
        let ends = value.rawText.split(separator: "-", omittingEmptySubsequences: false).map { UInt16($0) }
        if ends.count == 1, let port = ends[0] { return port...port }
        guard ends.count == 2, let lower = ends[0], let upper = ends[1], lower <= upper else {
            throw value.expected("a port or a range of ports", "Write it like 500 or 1000-2000.")
        }
        return lower...upper
    }
}
