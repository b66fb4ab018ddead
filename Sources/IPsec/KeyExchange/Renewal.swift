/// An SA that was negotiated in the place of another one.
package struct Renewal: Hashable, Sendable {
    /// The operator's name, the same as before.
    package let name: String
    /// As seen from this end.
    package let direction: Direction
    package let old: SAIdentifier
    package let new: SAIdentifier
    package let suite: AlgorithmSuite

    package init(name: String, direction: Direction, old: SAIdentifier, new: SAIdentifier, suite: AlgorithmSuite) {
        (self.name, self.direction, self.old, self.new, self.suite) = (name, direction, old, new, suite)
    }
}
