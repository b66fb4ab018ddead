/// One cell of a canvas: what is seen in it, and what it means.
package struct Cell: Hashable, Sendable {
    /// One visible character with its accents; empty in the right half of a wide one.
    package let symbol: String
    /// Cells the symbol takes: 1, 2 for a wide one, 0 for the right half of a wide one.
    package let width: UInt8
    /// Stands out in its own right, beside what the theme says of its role.
    package let emphasis: Emphasis
    /// What the text means.
    package let role: Role
    /// What it lies on: the background, a selected row, a dialog.
    package let ground: Role

    /// A cell; `symbol` must be one visible character of that width, as ``VisibleText`` gives.
    init(symbol: String, width: UInt8, role: Role, ground: Role, emphasis: Emphasis = []) {
        self.symbol = symbol
        self.width = width
        self.role = role
        self.ground = ground
        self.emphasis = emphasis
    }

    /// An empty cell on a ground.
    static func blank(on ground: Role) -> Cell {
        Cell(symbol: " ", width: 1, role: .text, ground: ground)
    }
}
