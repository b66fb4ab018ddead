internal import CNcurses
internal import Terminal

/// Puts cells in the next picture of ncurses, in the colours of a theme.
struct CellPainter {
    private struct Look {
        let attributes: attr_t
        let pair: Int32
    }

    private struct Meaning: Hashable {
        let role: Role
        let ground: Role
        let emphasis: Emphasis
    }

    private let theme: Theme
    private let depth: ColourDepth
    private let isUTF8: Bool
    private var pairs = ColourPairs()
    private var looks: [Meaning: Look] = [:]

    init(theme: Theme, depth: ColourDepth, isUTF8: Bool) {
        (self.theme, self.depth, self.isUTF8) = (theme, depth, isUTF8)
    }

    /// Puts one cell; the right half of a wide one comes with its left half.
    mutating func paint(_ cell: Cell, row: Int, column: Int) {
        guard cell.width > 0 else { return }
        let look = look(of: cell)
        var scalars = cell.symbol.unicodeScalars.makeIterator()
        let first = scalars.next()?.value ?? 0x20
        if first < 0x7F || isUTF8 && curses_width(first) == cell.width {
            put([first, scalars.next()?.value ?? 0, scalars.next()?.value ?? 0, scalars.next()?.value ?? 0])
        } else {
            put([0x3F, 0, 0, 0])
            if cell.width == 2 { put([0x3F, 0, 0, 0], 1) }
        }

        func put(_ scalars: [UInt32], _ offset: Int = 0) {
            curses_put(Int32(row), Int32(column + offset), scalars, look.attributes, look.pair)
        }
    }

    private mutating func look(of cell: Cell) -> Look {
        let meaning = Meaning(role: cell.role, ground: cell.ground, emphasis: cell.emphasis)
        if let look = looks[meaning] { return look }
        let style = theme.style(for: cell.role, on: cell.ground, depth: depth)
        let emphasis = style.emphasis.union(cell.emphasis)
        let look = Look(
            attributes: curses_attributes(
                emphasis.contains(.bold), emphasis.contains(.dim), emphasis.contains(.reverse),
                emphasis.contains(.underline)),
            pair: depth == .none ? 0 : pairs.number(foreground: style.foreground, background: style.background))
        looks[meaning] = look
        return look
    }
}
