/// The new paths that a new router could set up along the links of a network: from it to the previous path beyond MN,
/// and on that to RN (draft section 6.2).
package struct PathSearch: Sendable {
    /// How many paths are tried at the most, and how many beginnings are gone on with: a network of many links has more
    /// paths than anybody can look at, and the short ones come first.
    private static let limit = (found: 16, tried: 4_096)

    private let previous: [NodeName]
    private let router: NodeName
    private let neighbours: [NodeName: [NodeName]]

    /// A search for paths through `router`.
    package init(_ network: Network, previous: [NodeName], router: NodeName) {
        (self.previous, self.router) = (previous, router)
        var neighbours: [NodeName: [NodeName]] = [:]
        for link in network.links {
            for (one, other) in [(link.first, link.second), (link.second, link.first)]
            where network.node(other)?.role.passesPackets == true || previous.last == other {
                neighbours[one, default: []].append(other)
            }
        }
        self.neighbours = neighbours.mapValues { $0.sorted() }
    }

    /// The paths from MN to RN, the shortest first, of the same length in the order of their nodes' names. They meet the
    /// previous path once and stay on it.
    package var paths: [[NodeName]] {
        guard let nearEnd = previous.first, router != nearEnd else { return [] }
        let places = Dictionary(previous.enumerated().map { ($1, $0) }) { first, _ in first }
        if let place = places[router] { return [[nearEnd] + previous[place...]] }
        var found: [[NodeName]] = []
        var beginnings = [[router]][...]
        var tried = 0
        while let beginning = beginnings.popFirst(), found.count < Self.limit.found, tried < Self.limit.tried {
            tried += 1
            for next in neighbours[beginning[beginning.count - 1]] ?? [] where !beginning.contains(next) {
                switch places[next] {
                case nil: beginnings.append(beginning + [next])
                case 0?: break
                case let place?: found.append([nearEnd] + beginning + previous[place...])
                }
            }
        }
        return found.sorted { $0.count == $1.count ? $0.lexicographicallyPrecedes($1) : $0.count < $1.count }
    }
}
