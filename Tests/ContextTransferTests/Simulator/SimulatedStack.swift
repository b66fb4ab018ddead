import ContextTransfer
import IPsec

/// The SAs of one simulated node: a few at most, found by comparing, which is quicker than hashing.
struct SimulatedStack {
    private(set) var all: [SimulatedSA] = []

    subscript(place: SAPlace) -> SimulatedSA? { all.first { $0.place == place } }
    /// Under the name that it has at this node.
    subscript(identifier: SAIdentifier) -> SimulatedSA? { all.first { $0.association.identifier == identifier } }

    mutating func add(_ association: SimulatedSA) { all.append(association) }
    mutating func remove(_ place: SAPlace) { all.removeAll { $0.place == place } }

    /// The newest SAs of a lane that are in force, up and down.
    func pair(of lane: Int, without others: Set<SAPlace> = []) -> [SimulatedSA] {
        let candidates = all.filter { $0.place.lane == lane && $0.isInForce && !others.contains($0.place) }
        let newest = candidates.map(\.place.generation).max()
        return candidates.filter { $0.place.generation == newest }.sorted { $0.place < $1.place }
    }
}
