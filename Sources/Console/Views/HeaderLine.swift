import Terminal

/// The line at the top: the views with their keys, whether something is wrong, and what can be done.
struct HeaderLine {
    /// The open view.
    let view: ViewKind
    /// What stands at the right: trouble first, then the mode.
    let marks: [CellText]

    /// Draws it on the first line.
    func draw(on canvas: inout Canvas) {
        canvas.with(canvas.bounds.line(0), ground: .header) { canvas in
            let gap = 2
            let marksWidth = marks.reduce(0) { $0 + canvas.width(of: $1) + gap }
            let room = canvas.size.columns - marksWidth
            let names = fitting(room)
            var column = 1
            for (kind, name) in zip(ViewKind.allCases, names) {
                let isOpen = kind == view
                let text = name.isEmpty ? "\(kind.rawValue)" : "\(kind.rawValue) \(name)"
                guard column + text.count <= max(room, 12) else { break }
                canvas.write(
                    text, at: Point(column, 0), role: isOpen ? .title : .dim,
                    emphasis: isOpen ? [.bold, .underline] : [])
                column += text.count + gap
            }
            var right = max(column, canvas.size.columns - marksWidth + gap - 1)
            // The mode is always to be seen: the others have what room it leaves.
            let mode = canvas.size.columns - 1 - (marks.last.map { canvas.width(of: $0) } ?? 0)
            for mark in marks.dropLast() {
                right += canvas.write(mark, at: Point(right, 0), limit: max(0, mode - 1 - right)) + gap
            }
            if let last = marks.last { canvas.write(last, at: Point(mode, 0)) }
        }
    }

    /// The names of the views, as long as there is room for.
    private func fitting(_ room: Int) -> [String] {
        let forms: [(ViewKind) -> String] = [
            { $0.name }, { $0.shortName }, { $0 == view ? $0.shortName : "" },
        ]
        let all = forms.map { ViewKind.allCases.map($0) }
        return all.first { names in names.reduce(0) { $0 + $1.count + 4 } <= room } ?? all[2]
    }
}
