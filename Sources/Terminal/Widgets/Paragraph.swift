/// Text in lines that are broken between words to fit a width.
package struct Paragraph: Hashable, Sendable {
    /// The text; a line feed starts a new line.
    package var text: String
    /// What it means.
    package var role: Role

    /// A text; plain unless told otherwise.
    package init(_ text: String, role: Role = .text) {
        (self.text, self.role) = (text, role)
    }

    /// The lines at a width, each no wider than it; a word that is longer than a line is broken.
    package func lines(width: Int) -> [String] {
        guard width > 0 else { return [] }
        return text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { line in
            Self.broken(line, width: width)
        }
    }

    /// Draws it over a part of the canvas, from a line on.
    package func draw(in part: Rectangle, from first: Int = 0, on canvas: inout Canvas) {
        let lines = lines(width: part.columns).dropFirst(max(0, first)).prefix(part.rows)
        for (row, line) in lines.enumerated() {
            canvas.write(line, at: part.origin.moved(rows: row), role: role, limit: part.columns)
        }
    }

    private static func broken(_ line: Substring, width: Int) -> [String] {
        var (lines, current, used, isFresh): ([String], String, Int, Bool) = ([], "", 0, true)
        for word in line.split(separator: " ", omittingEmptySubsequences: false) {
            let visible = VisibleText(String(word))
            let needed = visible.width + (isFresh ? 0 : used + 1)
            if needed <= width {
                current += (isFresh ? "" : " ") + visible.string
                (used, isFresh) = (needed, false)
                continue
            }
            if !isFresh { lines.append(current) }
            (current, used, isFresh) = ("", 0, false)
            for (symbol, cells) in visible {
                if used + cells > width && used > 0 {
                    lines.append(current)
                    (current, used) = ("", 0)
                }
                current += symbol
                used += cells
            }
        }
        return lines + [current]
    }
}
