/// A screen for tests: keeps the last canvas, to be compared as a picture.
package struct GridScreen: Screen {
    /// Columns and rows; may be changed, as a window can be.
    package var size: Size
    /// How many colours it is said to have.
    package var colourDepth: ColourDepth
    /// The drawing characters of its canvases.
    package var glyphs: Glyphs
    /// The cues of its canvases.
    package var cues: Cues
    /// What was shown last; nil before the first time.
    package private(set) var canvas: Canvas?

    /// A screen that has shown nothing yet.
    package init(
        columns: Int, rows: Int, colourDepth: ColourDepth = .direct, glyphs: Glyphs = .unicode, cues: Cues = .none
    ) {
        size = Size(columns: columns, rows: rows)
        self.colourDepth = colourDepth
        self.glyphs = glyphs
        self.cues = cues
    }

    /// The text of each row shown last; empty before the first time.
    package var picture: [String] { canvas?.lines ?? [] }

    /// An empty canvas of its size.
    package var blankCanvas: Canvas {
        Canvas(columns: size.columns, rows: size.rows, glyphs: glyphs, cues: cues)
    }

    /// Keeps the canvas.
    package mutating func present(_ canvas: Canvas) {
        self.canvas = canvas
    }
}
