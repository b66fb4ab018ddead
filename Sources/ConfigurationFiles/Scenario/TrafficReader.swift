import ForwardingPath
import IPsec

/// Reads the traffic of a scenario.
struct TrafficReader {
    /// The most flows of a scenario: each has a port of its own.
    static let mostFlows = 1_000

    let network: Network
    let names: KnownNodes

    /// The flows of a list; where there is none, those between the ends of the data path.
    func read(_ list: YAMLValue?) throws(FileError) -> [TrafficFlow] {
        guard let list else { return defaultTraffic }
        let items = try list.items()
        var flows: [TrafficFlow] = []
        for item in items { flows += try self.flows(item) }
        guard flows.count <= Self.mostFlows else {
            throw list.error(
                "\(list.path) has \(flows.count) flows",
                fix: "A scenario has at most \(Self.mostFlows): take some out, or give the others a higher rate.")
        }
        return flows
    }

    /// The flow of an entry, or as many as `count` says, of the first of the mobile nodes that an end stands for.
    private func flows(_ value: YAMLValue) throws(FileError) -> [TrafficFlow] {
        let map = try value.mapping(keys: ["from", "to", "rate", "size", "dont-fragment", "count"])
        let flow = try flow(map, value)
        guard let number = map["count"] else { return [flow] }
        let most = [flow.from, flow.to].compactMap { network.node($0)?.addresses.count }.max() ?? 1
        return (0..<(try number.integer(1...max(1, min(most, Self.mostFlows))))).map { member in
            var flow = flow
            flow.member = member
            return flow
        }
    }

    private func flow(_ map: YAMLMapping, _ value: YAMLValue) throws(FileError) -> TrafficFlow {
        let from = try names.node(try map.required("from", example: "MN"))
        let to = try names.node(try map.required("to", example: "RN"))
        guard from != to else {
            throw value.error("\(value.path) goes from \(from) to itself", fix: "Choose two different nodes.")
        }
        guard haveCommonFamily(from, to) else {
            throw value.error(
                "\(from) and \(to), the ends of \(value.path), have no addresses of the same family",
                fix: "Give one of them an address of the other's family.")
        }
        return TrafficFlow(
            from: from, to: to, rate: try map["rate"]?.integer(TrafficFlow.rates) ?? TrafficFlow.defaultRate,
            size: try map["size"]?.integer(64...9_000) ?? TrafficFlow.defaultSize,
            dontFragment: try map["dont-fragment"]?.boolean() ?? false)
    }

    /// Both ways between the ends of the data path; none where there is no path, or where no packet can go all the way.
    private var defaultTraffic: [TrafficFlow] {
        guard let path = network.path(on: .data), let near = path.nearEnd, let far = path.farEnd, near != far,
            haveCommonFamily(near, far)
        else { return [] }
        return [TrafficFlow(from: near, to: far), TrafficFlow(from: far, to: near)]
    }

    private func haveCommonFamily(_ from: NodeName, _ to: NodeName) -> Bool {
        let families = { (name: NodeName) in Set(network.node(name)?.addresses.map(\.family) ?? []) }
        return !families(from).isDisjoint(with: families(to))
    }
}
