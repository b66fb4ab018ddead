/// How many colours a terminal has.
package enum ColourDepth: Hashable, Sendable, CaseIterable {
    /// None: bold, dim, reverse and underline only.
    case none
    /// The eight of ANSI; bright ones are shown bold.
    case eight
    /// Those eight and their bright twins.
    case sixteen
    /// The sixteen, a 6×6×6 cube and 24 greys.
    case two56
    /// Any red, green and blue.
    case direct
}
