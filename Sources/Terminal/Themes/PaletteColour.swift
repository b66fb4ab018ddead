/// A colour of a theme's palette: as light, with what to use instead on terminals of less depth.
///
/// What is left out is derived: the nearest of the 256, the nearest of the sixteen. With `c16` alone it is the
/// terminal's own colour at every depth.
package struct PaletteColour: Hashable, Sendable {
    /// As light.
    package var rgb: RGB?
    /// Its number on terminals of 256 colours.
    package var c256: UInt8?
    /// Its stand-in on terminals of 16 and 8 colours.
    package var c16: TerminalColour?

    /// From what a theme file says; one of them must be there for the colour to be of use.
    package init(rgb: RGB? = nil, c256: UInt8? = nil, c16: TerminalColour? = nil) {
        (self.rgb, self.c256, self.c16) = (rgb, c256, c16)
    }

    /// Whether nothing is said of it.
    package var isEmpty: Bool { self == PaletteColour() }

    /// What to send at a depth, and whether bold has to make it bright.
    func resolved(at depth: ColourDepth) -> (colour: Colour, needsBold: Bool) {
        switch depth {
        case .none: (.own, false)
        case .eight: first8
        case .sixteen: nearest16.map { (.number($0.rawValue), false) } ?? (.own, false)
        case .two56: nearest256.map { (.number($0), false) } ?? (.own, false)
        case .direct: light.map { (.light($0), false) } ?? first8
        }
    }

    private var first8: (colour: Colour, needsBold: Bool) {
        nearest16.map { (.number($0.plain.rawValue), $0.isBright) } ?? (.own, false)
    }

    private var light: RGB? { rgb ?? c256.map(RGB.init(number:)) }
    private var nearest16: TerminalColour? { c16 ?? light?.nearest16 }
    private var nearest256: UInt8? { c256 ?? rgb?.nearest256 ?? c16?.rawValue }
}
