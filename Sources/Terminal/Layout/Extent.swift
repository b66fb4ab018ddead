/// How much of a line one part of it wants: a column of a table, a pane of a screen.
package enum Extent: Hashable, Sendable {
    /// Just so many cells.
    case fixed(Int)
    /// At least `minimum` cells, and a share of what is left over in proportion to `weight`.
    case flexible(minimum: Int = 0, weight: Int = 1)

    /// The fewest cells it is content with; never negative.
    package var minimum: Int {
        switch self {
        case .fixed(let cells): cells.heldTo(0...1 << 20)
        case .flexible(let minimum, _): minimum.heldTo(0...1 << 20)
        }
    }

    /// Its part of what is left over; 0 when fixed.
    package var weight: Int {
        switch self {
        case .fixed: 0
        case .flexible(_, let weight): weight.heldTo(0...1 << 20)
        }
    }

    /// The length of each part along a line of `total` cells with `gap` cells between neighbours.
    ///
    /// Minimums come first, in order, as far as there is room (so the last parts shrink, to zero if need be);
    /// what is then left over goes to the flexible parts by weight, to the last cell.
    package static func lengths(of extents: [Extent], filling total: Int, gap: Int = 0) -> [Int] {
        var room = max(0, total - gap.heldTo(0...1 << 20) * max(0, extents.count - 1))
        var lengths = extents.map { extent in
            let length = min(extent.minimum, room)
            room -= length
            return length
        }
        var weights = extents.reduce(0) { $0 + $1.weight }
        for (index, extent) in extents.enumerated() where extent.weight > 0 {
            let share = room * extent.weight / weights
            lengths[index] += share
            room -= share
            weights -= extent.weight
        }
        return lengths
    }
}
