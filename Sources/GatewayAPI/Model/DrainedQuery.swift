/// Which moves of a drain a caller asks for.
package struct DrainedQuery: Hashable, Sendable {
    /// Only those with a greater number.
    package var after: UInt64
    /// At most so many; `nil` leaves it to the gateway.
    package var limit: Int?

    /// What ``limit`` may be.
    package static let limits = 1...10_000

    /// From its parts.
    package init(after: UInt64 = 0, limit: Int? = nil) { (self.after, self.limit) = (after, limit) }
}
