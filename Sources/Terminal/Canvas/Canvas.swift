/// A grid of cells that views draw on; a ``Screen`` then shows it.
///
/// Drawing is total: whatever the coordinates, what falls outside the region is left out and nothing traps. Inside of
/// ``with(_:ground:draw:)`` the coordinates, the ``size`` and the clipping are those of the region.
package struct Canvas: Sendable {
    /// Columns and rows of the region now drawn on: the whole canvas, unless inside of ``with(_:ground:draw:)``.
    package var size: Size { region.size }
    /// The region now drawn on, in its own coordinates: its corner is (0, 0).
    package var bounds: Rectangle { Rectangle(origin: .zero, size: region.size) }
    /// The drawing characters in use.
    package let glyphs: Glyphs
    /// The theme's glyphs for roles.
    package let cues: Cues
    /// Where the terminal's own cursor is put, in coordinates of the whole canvas; nil leaves it anywhere.
    package private(set) var cursor: Point?
    /// Whether the cursor is seen: so in a text field.
    package private(set) var showsCursor = false

    /// What is drawn next lies on this: the background, or what ``with(_:ground:draw:)`` was given.
    private(set) var ground = Role.background
    /// Columns and rows of the whole.
    let whole: Size
    /// All cells, row by row.
    private(set) var cells: [Cell]
    private var region: Rectangle
    private var clip: Rectangle

    /// An empty canvas. At most 1000 × 1000 cells: greater numbers are cut to that.
    package init(columns: Int, rows: Int, glyphs: Glyphs = .unicode, cues: Cues = .none) {
        whole = Size(columns: min(columns, 1000), rows: min(rows, 1000))
        self.glyphs = glyphs
        self.cues = cues
        cells = Array(repeating: .blank(on: .background), count: whole.columns * whole.rows)
        region = Rectangle(origin: .zero, size: whole)
        clip = region
    }

    /// Draws in a part of the region, in coordinates of its own; nothing gets out of it.
    ///
    /// With a `ground` the part is emptied first, and all that is drawn in it lies on that ground.
    package mutating func with(_ part: Rectangle, ground: Role? = nil, draw: (inout Canvas) -> Void) {
        let outer = (region, clip, self.ground)
        region = part.moved(columns: region.left, rows: region.top)
        clip = clip.intersection(region)
        if let ground {
            self.ground = ground
            fill(bounds)
        }
        draw(&self)
        (region, clip, self.ground) = outer
    }

    /// Puts the terminal's cursor on a cell, for whoever follows it: screen readers, magnifiers. The last call counts.
    package mutating func placeCursor(at point: Point, visible: Bool = false) {
        let place = point.moved(columns: region.left, rows: region.top)
        guard clip.contains(place) else { return }
        cursor = place
        showsCursor = visible
    }

    /// The cell at a place of the region; nil outside.
    package func cell(at point: Point) -> Cell? {
        index(of: point.moved(columns: region.left, rows: region.top)).map { cells[$0] }
    }

    /// Puts one symbol of width 1 or 2 at a place of the region. A wide one that does not fit leaves a blank, and so
    /// does the other half of a wide one that it is put over.
    mutating func put(_ symbol: String, width: Int, at point: Point, role: Role, emphasis: Emphasis = []) {
        let place = point.moved(columns: region.left, rows: region.top)
        let end = place.moved(columns: width - 1)
        guard clip.contains(place), clip.contains(end) else {
            for half in [place, end] where clip.contains(half) { set(.blank(on: ground), at: half) }
            return
        }
        set(Cell(symbol: symbol, width: UInt8(width), role: role, ground: ground, emphasis: emphasis), at: place)
        if width == 2 {
            set(Cell(symbol: "", width: 0, role: role, ground: ground, emphasis: emphasis), at: end)
        }
    }

    /// Changes what cells lie on, and keeps their text: a row is selected.
    package mutating func lay(_ part: Rectangle, on ground: Role, emphasis: Emphasis = []) {
        forEachPlace(of: part) { canvas, place in
            guard let index = canvas.index(of: place) else { return }
            let old = canvas.cells[index]
            canvas.cells[index] = Cell(
                symbol: old.symbol, width: old.width, role: old.role, ground: ground,
                emphasis: old.emphasis.union(emphasis))
        }
    }

    /// Empties a part of the region.
    package mutating func fill(_ part: Rectangle) {
        let blank = Cell.blank(on: ground)
        forEachPlace(of: part) { canvas, place in canvas.set(blank, at: place) }
    }

    /// Goes through the visible places of a part of the region, in coordinates of the whole.
    private mutating func forEachPlace(of part: Rectangle, _ change: (inout Canvas, Point) -> Void) {
        let visible = part.moved(columns: region.left, rows: region.top).intersection(clip)
        for row in visible.top..<visible.top + visible.rows {
            for column in visible.left..<visible.left + visible.columns {
                change(&self, Point(column, row))
            }
        }
    }

    private mutating func set(_ cell: Cell, at place: Point) {
        guard let index = index(of: place) else { return }
        let (old, column) = (cells[index], place.column)
        if old.width == 0 && cell.width != 0 && column > 0 && cells[index - 1].width == 2 {
            cells[index - 1] = .blank(on: cells[index - 1].ground)
        }
        if old.width == 2 && column + 1 < whole.columns && cells[index + 1].width == 0 {
            cells[index + 1] = .blank(on: cells[index + 1].ground)
        }
        cells[index] = cell
    }

    private func index(of place: Point) -> Int? {
        guard place.column >= 0, place.column < whole.columns, place.row >= 0, place.row < whole.rows else {
            return nil
        }
        return place.row * whole.columns + place.column
    }
}
