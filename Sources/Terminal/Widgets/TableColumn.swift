/// One column of a ``Table``.
package struct TableColumn: Hashable, Sendable {
    /// Its heading.
    package var title: String
    /// How wide it is.
    package var width: Extent
    /// Where its texts stand.
    package var alignment: Alignment
    /// On a narrow screen columns go in order of this number, the greatest first; 0 never goes.
    package var priority: Int

    /// A column; it never goes unless told otherwise.
    package init(_ title: String, _ width: Extent, alignment: Alignment = .leading, priority: Int = 0) {
        (self.title, self.width, self.alignment, self.priority) = (title, width, alignment, priority)
    }
}
