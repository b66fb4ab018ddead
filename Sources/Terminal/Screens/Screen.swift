/// Something that shows canvases: a terminal, or a grid for tests.
package protocol Screen {
    /// Its columns and rows now.
    var size: Size { get }
    /// How many colours it has.
    var colourDepth: ColourDepth { get }
    /// An empty canvas of its size, with the glyphs it can show and the cues of its theme.
    var blankCanvas: Canvas { get }

    /// Shows the canvas in place of the one before.
    mutating func present(_ canvas: Canvas)
}

extension Screen {
    /// Draws a program and shows it.
    package mutating func show(_ program: some Program) {
        var canvas = blankCanvas
        program.view(on: &canvas)
        present(canvas)
    }
}
