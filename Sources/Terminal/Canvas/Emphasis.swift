/// How text stands out without colour: what every terminal since the VT100 can do.
package struct Emphasis: OptionSet, Hashable, Sendable {
    /// One bit for each kind.
    package let rawValue: UInt8

    /// From the bits.
    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// Heavier or brighter.
    package static let bold = Emphasis(rawValue: 1)
    /// Fainter.
    package static let dim = Emphasis(rawValue: 2)
    /// Foreground and background change places.
    package static let reverse = Emphasis(rawValue: 4)
    /// A line under it.
    package static let underline = Emphasis(rawValue: 8)

    /// The emphasis of that name in a theme file; nil for any other word.
    package init?(name: String) {
        switch name {
        case "bold": self = .bold
        case "dim": self = .dim
        case "reverse": self = .reverse
        case "underline": self = .underline
        default: return nil
        }
    }
}
