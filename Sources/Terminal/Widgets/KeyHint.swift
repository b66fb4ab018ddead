/// One key and what it does.
package struct KeyHint: Hashable, Sendable {
    /// The key as it is written: `Enter`, `/`, `^F`.
    package var key: String
    /// What it does, in one word or two.
    package var label: String

    /// A key and what it does.
    package init(_ key: String, _ label: String) {
        (self.key, self.label) = (key, label)
    }
}
