import Terminal

/// A progress bar as text, for a cell of a table.
enum BarText {
    /// So many cells, filled from the left.
    static func text(_ fraction: Double, width: Int, _ glyphs: Glyphs) -> String {
        let levels = glyphs.barLevels
        let steps = Int(min(max(fraction, 0), 1) * Double(width * levels.count))
        return (0..<max(0, width)).map { cell in
            let filled = min(levels.count, steps - cell * levels.count)
            return filled > 0 ? levels[filled - 1] : glyphs.shadeLight
        }.joined()
    }
}
