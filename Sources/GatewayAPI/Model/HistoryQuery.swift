package import ContextTransfer

/// Which finished moves and events a caller asks for.
package struct HistoryQuery: Hashable, Sendable {
    /// Only events with a greater number.
    package var after: UInt64
    /// At most so many of each; `nil` leaves it to the gateway.
    package var limit: Int?
    /// Only this move and its events.
    package var move: MoveID?

    /// What ``limit`` may be.
    package static let limits = 1...10_000

    /// From its parts.
    package init(after: UInt64 = 0, limit: Int? = nil, move: MoveID? = nil) {
        (self.after, self.limit, self.move) = (after, limit, move)
    }
}
