/// One button of a ``Dialog``.
package struct DialogButton: Hashable, Sendable {
    /// What stands on it.
    package var label: String
    /// The letter that presses it at once; nil when it can only be gone to and pressed with Enter.
    package var key: Character?

    /// A button.
    package init(_ label: String, key: Character? = nil) {
        (self.label, self.key) = (label, key)
    }
}
