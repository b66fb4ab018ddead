/// Why a theme cannot be used.
package enum ThemeError: Error, Hashable, Sendable, CustomStringConvertible {
    /// There is none of that name; with those there are.
    case unknownTheme(String, known: [String])
    /// It inherits a theme that does not exist.
    case unknownParent(String, of: String)
    /// Themes that inherit each other, the first one again at the end.
    case cycle([String])
    /// A role names a colour that no palette has.
    case unknownColour(String, role: String, theme: String)
    /// A colour of which nothing is said.
    case emptyColour(String, theme: String)

    /// One sentence for the person who wrote the file.
    package var description: String {
        switch self {
        case .unknownTheme(let name, let known):
            "There is no theme '\(name)'; there are \(known.joined(separator: ", "))."
        case .unknownParent(let parent, let theme):
            "Theme '\(theme)' inherits '\(parent)', which does not exist."
        case .cycle(let names):
            "Themes inherit each other: \(names.joined(separator: " → "))."
        case .unknownColour(let colour, let role, let theme):
            "Role '\(role)' of theme '\(theme)' uses the colour '\(colour)', which is not in the palette."
        case .emptyColour(let colour, let theme):
            "Colour '\(colour)' of theme '\(theme)' needs one of rgb, c256 and c16."
        }
    }
}
