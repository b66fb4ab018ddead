/// A colour as it is sent to a terminal of some depth.
package enum Colour: Hashable, Sendable {
    /// The terminal's own foreground or background.
    case own
    /// By number: 0…7, 0…15 or 0…255, as the depth allows.
    case number(UInt8)
    /// As light; only at ``ColourDepth/direct``.
    case light(RGB)
}
