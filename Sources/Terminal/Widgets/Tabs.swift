/// Titles side by side, one of which is open.
package struct Tabs: Hashable, Sendable {
    /// The titles, from left to right.
    package var titles: [String]
    /// The number of the open one.
    package var selected: Int

    /// Titles with one open.
    package init(_ titles: [String], selected: Int) {
        (self.titles, self.selected) = (titles, selected)
    }

    /// Draws them on the first line of a part; when they do not all fit, those on the left go until the open one does.
    package func draw(in part: Rectangle, on canvas: inout Canvas) {
        let widths = titles.map { VisibleText($0).width + 3 }
        var first = 0
        while first < selected, first < titles.count,
            widths[first...min(selected, titles.count - 1)].reduce(0, +) > part.columns
        {
            first += 1
        }
        canvas.with(part.line(0)) { canvas in
            var column = 0
            for number in titles.indices.dropFirst(first) {
                let isOpen = number == selected
                let text = isOpen ? "[\(titles[number])]" : " \(titles[number]) "
                canvas.write(
                    text, at: Point(column, 0), role: isOpen ? .title : .dim, emphasis: isOpen ? .bold : [],
                    limit: part.columns - column)
                column += widths[number]
            }
        }
    }
}
