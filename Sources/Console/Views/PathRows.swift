/// The rows that the parts of a ``PathFigure`` stand in, by the room that there is.
struct PathRows {
    /// The path that is drawn above, and the other one.
    let upper, lower: Int
    /// How many notes there may be under a node.
    let notes: Int
    /// The first arc, and the rows from one arc to the next.
    let arcs, arcStep: Int
    /// Rows at the bottom that tell what the signs mean; `nil` where there is no room.
    let key: Int?

    /// For a region of a height, and so many arcs.
    init(height: Int, arcs count: Int) {
        switch height {
        case ..<9: (upper, lower, notes, arcs) = (0, 2, 0, height > 3 + count ? 4 : 3)
        case ..<13: (upper, lower, notes, arcs) = (0, 3, 1, 6)
        default: (upper, lower, notes, arcs) = (1, 5, 2, 9)
        }
        key = height >= arcs + count + 2 ? 2 : nil
        arcStep = height >= 13 && arcs + 2 * count <= height ? 2 : 1
    }
}
