import Terminal

/// Where the dashboard's parts stand in the room that there is.
struct DashboardLayout: Equatable {
    /// How much fits.
    enum Extent { case single, usual, wide }

    /// How much fits.
    let extent: Extent
    /// The parts that are always there; of a single pane all are the whole.
    let paths, move, associations: Rectangle
    /// Only where there is much room.
    let moves, traffic, log: Rectangle

    /// The parts of a body of some size.
    init(_ body: Rectangle) {
        let empty = Rectangle(0, 0, 0, 0)
        if body.columns < 72 || body.rows < 18 {
            extent = .single
            (paths, move, associations) = (body, body, body)
            (moves, traffic, log) = (empty, empty, empty)
        } else if body.columns < 150 || body.rows < 40 {
            extent = .usual
            let rows = body.rows(.fixed(min(13, body.rows - 7)), .flexible(minimum: 7))
            let top = rows[0].columns(.flexible(minimum: 40, weight: 3), .flexible(minimum: 38, weight: 2))
            (paths, move, associations) = (top[0], top[1], rows[1])
            (moves, traffic, log) = (empty, empty, empty)
        } else {
            extent = .wide
            let columns = body.columns(.flexible(weight: 13), .flexible(weight: 8))
            let left = columns[0].rows(.fixed(16), .flexible(minimum: 14))
            let right = columns[1].rows(
                .flexible(minimum: 7, weight: 2), .fixed(13), .flexible(minimum: 6, weight: 1),
                .flexible(minimum: 7, weight: 3))
            (paths, associations) = (left[0], left[1])
            (moves, move, traffic, log) = (right[0], right[1], right[2], right[3])
        }
    }
}
