/// Which way an SA carries traffic, as seen from the node that has it.
package enum Direction: UInt8, Hashable, Sendable, CaseIterable {
    case inbound = 1
    case outbound = 2

    /// `in` or `out`.
    package var name: String { self == .inbound ? "in" : "out" }
}
