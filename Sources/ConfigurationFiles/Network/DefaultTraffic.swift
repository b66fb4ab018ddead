import ForwardingPath
import IPsec

/// What an SA is for, and whose it is, where the network file does not say.
struct DefaultTraffic {
    let network: Network
    let plane: Plane
    let from: NodeName
    let to: NodeName
    let mode: ProtocolMode
    /// The one of many that it is for, with its number from 0; `nil` where its ends are single nodes.
    var member: (node: NodeName, index: Int, address: IPAddress)?

    /// The mobile node of the plane's path; without a path the sender.
    var user: String { (near ?? from).text + (member.map { "-\($0.index + 1)" } ?? "") }

    /// The node at the near end of the plane's path that the SA is for: one beside it, where the SA ends there.
    private var near: NodeName? {
        guard let near = network.path(on: plane)?.nearEnd else { return nil }
        return [from, to].first { network.companions[$0] == near } ?? near
    }

    /// In transport mode the traffic of the SA's own ends; in tunnel mode that of the ends of the plane's path, the way
    /// that the SA goes on it. Empty where the SA is not along the path.
    var selectors: [TrafficSelector] {
        if mode == .transport { return selectors(from, to) }
        guard let path = network.path(on: plane), let near, let far = path.farEnd else { return [] }
        let known = path.next.map { path.previous + $0 } ?? path.previous
        let place = { (node: NodeName) in
            path.previous.firstIndex(of: network.seat(of: node)) ?? path.next?.firstIndex(of: node)
        }
        guard known.contains(network.seat(of: from)), known.contains(network.seat(of: to)), let first = place(from),
            let second = place(to)
        else {
            return []
        }
        guard first != second else { return [] }
        return first < second ? selectors(near, far) : selectors(far, near)
    }

    private func addresses(_ name: NodeName) -> [IPAddress] {
        if let member, member.node == name { return [member.address] }
        return network.node(name)?.addresses ?? []
    }

    private func selectors(_ source: NodeName, _ destination: NodeName) -> [TrafficSelector] {
        let (sources, destinations) = (addresses(source), addresses(destination))
        return sources.flatMap { source in
            destinations.filter { $0.family == source.family }.map { destination in
                TrafficSelector(source: AddressRange(source), destination: AddressRange(destination))
            }
        }
    }
}
