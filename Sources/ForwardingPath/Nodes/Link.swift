/// Two nodes that reach each other directly.
package struct Link: Hashable, Sendable {
    /// One of them.
    package let first: NodeName
    /// The other.
    package let second: NodeName

    /// A link between two nodes.
    package init(_ first: NodeName, _ second: NodeName) {
        (self.first, self.second) = (first, second)
    }
}
