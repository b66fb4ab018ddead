package import ForwardingPath
package import GatewayAPI

/// The paths of one plane as the gateways tell them.
package struct MergedPath: Equatable, Sendable {
    /// What most of those that can be reached say.
    package let reported: ReportedPath
    /// Whether none of those who say so can be reached.
    package let isStale: Bool
    /// Who says otherwise.
    package let dissenters: [String]
    /// Whether the new path is drawn above the previous one: they changed places since they were first seen, and nodes
    /// stay where they are on the screen.
    package internal(set) var isTurned = false

    /// The paths themselves.
    package var path: PathPair { reported.path }

    /// The paths by their places in a drawing: as the previous one the upper, as the next one the lower.
    var drawn: PathPair {
        guard isTurned, let next = path.next else { return path }
        return PathPair(plane: path.plane, previous: next, next: path.previous)
    }

    /// Where several mobile nodes are at the near end: the node that stands there for each of them, by its name.
    var seats: [String: String] {
        guard let first = path.nearEnd, !reported.beside.isEmpty else { return [:] }
        return Dictionary(nearEnds.map { ($0.text, first.text) }) { first, _ in first }
    }

    /// MN, and the mobile nodes beside it.
    var nearEnds: [NodeName] { (path.nearEnd.map { [$0] } ?? []) + reported.beside }

    /// Finds its place by that of the paths of the same plane that were told before.
    func placed(after before: MergedPath?) -> MergedPath {
        guard let before else { return self }
        var placed = self
        let isSwapped = path.next == before.path.previous && before.path.next == path.previous
        placed.isTurned = isSwapped ? !before.isTurned : path == before.path && before.isTurned
        return placed
    }
}
