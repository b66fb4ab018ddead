package import ContextTransfer
package import ForwardingPath
package import GatewayAPI

/// What a gateway must still know after a restart of the drain that is under way; which SAs are left is looked up anew.
package struct DrainNote: Hashable, Sendable {
    /// What names the drain in its moves.
    package let id: MoveID
    package let order: MoveOrder
    package let requestedBy: String
    /// When it began.
    package let start: ClockTime
    /// The paths that it was ordered for, as ``words(for:)`` has them; empty where an older version wrote the note.
    package let paths: String

    package init(id: MoveID, order: MoveOrder, requestedBy: String, start: ClockTime, paths: String) {
        (self.id, self.order, self.requestedBy, self.start) = (id, order, requestedBy, start)
        self.paths = paths
    }

    /// Paths in words, one a line, whatever their order in the network file: `data: MN PR SG1 G RN > MN NR SG2 G RN`.
    package static func words(for paths: [PathPair]) -> String {
        paths.map { path in
            let next = path.next.map { $0.map(\.text).joined(separator: " ") } ?? "not known"
            return "\(path.plane.rawValue): \(path.previous.map(\.text).joined(separator: " ")) > \(next)"
        }.sorted().joined(separator: "\n")
    }
}
