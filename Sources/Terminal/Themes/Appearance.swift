/// What background a theme is made for; the raw value is the word in its file.
package enum Appearance: String, Hashable, Sendable, CaseIterable {
    /// Light or dark.
    case any
    /// A dark one.
    case dark
    /// A light one.
    case light
}
