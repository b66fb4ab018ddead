/// The drawing characters in use: ``unicode``, or ``ascii`` for terminals and locales that have nothing else.
///
/// Each is one cell wide. A view asks its canvas: `canvas.glyphs.arrowRight`.
package struct Glyphs: Hashable, Sendable {
    /// Lines of boxes.
    package let horizontal, vertical, cross: String
    /// Corners of boxes.
    package let topLeft, topRight, bottomLeft, bottomRight: String
    /// Where a line ends on another: the name says to which side the stem points.
    package let teeLeft, teeRight, teeUp, teeDown: String
    /// Corners of arcs, rounder than those of boxes.
    package let arcTopLeft, arcTopRight, arcBottomLeft, arcBottomRight: String
    /// Lines that are to be told from plain ones.
    package let horizontalHeavy, horizontalDouble, horizontalDashed, verticalDashed: String
    /// Arrows.
    package let arrowLeft, arrowRight, arrowUp, arrowDown: String
    /// Heads at the end of a line.
    package let headLeft, headRight, headUp, headDown: String
    /// Marks the selected row.
    package let selection: String
    /// Marks the column a table is sorted by.
    package let ascending, descending: String
    /// Before an item of a list; between facts on one line.
    package let bullet, separator: String
    /// A node, and one that is picked out.
    package let node, nodeActive: String
    /// Done, failed, in need of a look, stopped for now.
    package let check, crossMark, warning, pause: String
    /// In place of text that is cut off.
    package let ellipsis: String
    /// Shades, from thin to full.
    package let shadeLight, shadeMedium, shadeFull: String
    /// A cell filled from the left: the last is a full one.
    package let barLevels: [String]
    /// A cell filled from below: the first is nearly empty, the last is full.
    package let sparkLevels: [String]
    /// Whether these are the ASCII ones.
    package let isASCII: Bool
}
