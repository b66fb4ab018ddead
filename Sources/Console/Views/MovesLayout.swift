import Terminal

/// Where the parts of the view of moves stand in the room that there is.
struct MovesLayout: Equatable {
    /// How far the drain is; the list of moves and the selected one; the list of the drain's users and the selected one.
    /// Empty where there is no such thing, or no room for it.
    let drain, moves, move, users, user: Rectangle

    /// The parts of a body of some size.
    init(_ body: Rectangle, hasDrain: Bool, isDrainOpen: Bool, hasMove: Bool) {
        let empty = Rectangle(0, 0, 0, 0)
        let isWide = body.columns >= 150 && body.rows >= 40
        let isOpen = hasDrain && (isDrainOpen || isWide)
        let drainRows = !hasDrain ? 0 : isOpen && body.rows >= 16 ? 5 : 3
        let rows = body.rows(.fixed(drainRows), .flexible())
        drain = hasDrain ? rows[0] : empty
        let columns = rows[1].columns(.flexible(weight: 1), .flexible(weight: 1))
        let (left, right) = isWide && hasDrain ? (columns[0], columns[1]) : (rows[1], rows[1])
        if isWide || !isOpen {
            let parts = left.rows(.flexible(), .fixed(hasMove ? Self.moveRows(inHeight: body.rows) : 0))
            (moves, move) = (parts[0], parts[1])
        } else {
            (moves, move) = (empty, empty)
        }
        if isOpen {
            let parts = right.rows(.flexible(), .fixed(body.rows >= 16 ? 4 : 0))
            (users, user) = (parts[0], parts[1])
        } else {
            (users, user) = (empty, empty)
        }
    }

    /// Rows that the selected move takes, its box included; 0 on a low screen.
    private static func moveRows(inHeight rows: Int) -> Int { rows >= 20 ? 13 : 0 }
}
