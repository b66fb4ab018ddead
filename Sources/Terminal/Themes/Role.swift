/// What a cell means, as a dotted name: `sa.type.3`, `move.switching`, `status.warn`.
///
/// Widgets and views name roles; only a ``Theme`` knows what they look like. A role that a theme does not list looks
/// like its parent (`move.switching` → `move` → plain text), so a new role works with an old theme.
package struct Role: Hashable, Sendable, CustomStringConvertible {
    /// The dotted name.
    package let name: String

    /// A role from its dotted name.
    package init(_ name: String) {
        self.name = name
    }

    /// The name without its last part; nil when there is only one.
    package var parent: Role? {
        name.lastIndex(of: ".").map { Role(String(name[..<$0])) }
    }

    /// The dotted name.
    package var description: String { name }
}
