/// How much a YAML file may ask of its reader.
package struct YAMLLimits: Sendable {
    /// The size of the text.
    package var octets = 4 << 20
    /// Scalars, lists and mappings, each alias counted as what it stands for.
    package var nodes = 500_000
    /// Lists and mappings within each other.
    package var depth = 32

    /// The limits of every file that a person writes.
    package init() {}
}
