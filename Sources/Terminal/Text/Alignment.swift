/// Where a text stands in a wider space.
package enum Alignment: Hashable, Sendable {
    /// At the left.
    case leading
    /// In the middle.
    case centre
    /// At the right: numbers.
    case trailing
}
