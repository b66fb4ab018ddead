/// A theme as its file has it, before inheritance: each key of the YAML is one property.
///
/// ```yaml
/// name: dark
/// appearance: dark
/// inherits: default
/// palette:
///   alert: {rgb: "#e5534b", c256: 167, c16: bright-red}
/// roles:
///   status.error: {fg: alert, attributes: [bold], cue: "✗", ascii: "x"}
/// ```
package struct ThemeDocument: Hashable, Sendable {
    /// What it is asked for by.
    package var name: String
    /// What background it is made for.
    package var appearance: Appearance
    /// The theme that says all it does not say itself.
    package var inherits: String?
    /// Colours by name.
    package var palette: [String: PaletteColour]
    /// Styles by the name of the role.
    package var roles: [String: RoleStyle]

    /// From what a file says.
    package init(
        name: String, appearance: Appearance = .any, inherits: String? = nil,
        palette: [String: PaletteColour] = [:], roles: [String: RoleStyle] = [:]
    ) {
        (self.name, self.appearance, self.inherits) = (name, appearance, inherits)
        (self.palette, self.roles) = (palette, roles)
    }
}
