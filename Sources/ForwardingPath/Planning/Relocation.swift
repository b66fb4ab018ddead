/// One end of an SA that goes from a gateway of the previous path to one of the new path: S → S'.
package struct Relocation: Hashable, Sendable {
    /// In [PR, G).
    package let from: NodeName
    /// In [NR, G).
    package let to: NodeName

    /// From its ends.
    package init(from: NodeName, to: NodeName) {
        (self.from, self.to) = (from, to)
    }
}
