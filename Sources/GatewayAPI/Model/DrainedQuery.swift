/// Which moves of a drain a caller asks for.
package struct DrainedQuery: Hashable, Sendable {
    /// Only those with a greater number.
    package var after: UInt64
    /// At most so many; `nil` leaves it to the gateway.
    package var limit: Int?
    /// Leaves out so many of those that are asked for.
    package var skip = 0
    /// Only those in which this stands, in capitals or not; empty for all.
    package var text = ""
    /// First those that ended otherwise than completed, then those that never begin, then the rest.
    package var isUnsuccessfulFirst = false
    /// The number of one whose place among all that are asked for is wanted.
    package var find: UInt64?

    /// What ``limit`` may be.
    package static let limits = 1...10_000
    /// How many characters ``text`` may have.
    package static let longestText = 200

    /// From its parts.
    package init(after: UInt64 = 0, limit: Int? = nil) { (self.after, self.limit) = (after, limit) }
}
