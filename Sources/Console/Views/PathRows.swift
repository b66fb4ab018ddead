/// The rows that the parts of a ``PathFigure`` stand in, by the room that there is.
struct PathRows {
    /// The previous path, and the new one.
    let previous, next: Int
    /// How many notes there may be under a node.
    let notes: Int
    /// The first arc, and the rows from one arc to the next.
    let arcs, arcStep: Int

    /// For a region of a height, and so many arcs.
    init(height: Int, arcs count: Int) {
        switch height {
        case ..<9: (previous, next, notes, arcs) = (0, 2, 0, height > 3 + count ? 4 : 3)
        case ..<13: (previous, next, notes, arcs) = (0, 3, 1, 6)
        default: (previous, next, notes, arcs) = (1, 5, 2, 9)
        }
        arcStep = height >= 13 && arcs + 2 * count <= height ? 2 : 1
    }
}
