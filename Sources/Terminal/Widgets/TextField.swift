/// An editor of one line, with the lines entered before.
package struct TextField: Hashable, Sendable {
    /// What a key led to.
    package enum Outcome: Hashable, Sendable {
        /// The text is another.
        case changed
        /// Only the cursor moved.
        case moved
        /// Enter was pressed: this is the text.
        case submitted(String)
        /// Escape was pressed.
        case cancelled
        /// The key means nothing here.
        case ignored
    }

    /// What is written before it: `/`, `:`.
    package var prompt: String
    /// Lines entered before, the oldest first.
    package var history: [String]
    private var characters: [Character] = []
    private var cursor = 0
    private var recalled: Int?
    private var draft: [Character] = []

    /// An editor with the cursor at the end of a text.
    package init(prompt: String = "", text: String = "", history: [String] = []) {
        (self.prompt, self.history) = (prompt, history)
        self.text = text
    }

    /// The text so far; when it is set the cursor goes to its end.
    package var text: String {
        get { String(characters) }
        set {
            characters = Array(newValue)
            cursor = characters.count
            recalled = nil
        }
    }

    /// Takes one key.
    package mutating func handle(_ key: Key) -> Outcome {
        switch key {
        case .character(let character):
            edit {
                $0.insert(character, at: $1); $1 += 1
            }
        case .backspace: edit { if $1 > 0 { $1 -= 1; $0.remove(at: $1) } }
        case .delete, .control("d"): edit { if $1 < $0.count { $0.remove(at: $1) } }
        case .control("u"):
            edit {
                $0.removeSubrange(..<$1); $1 = 0
            }
        case .control("k"): edit { $0.removeSubrange($1...) }
        case .control("w"): edit(Self.deleteWord)
        case .left: move(to: cursor - 1)
        case .right: move(to: cursor + 1)
        case .home, .control("a"): move(to: 0)
        case .end, .control("e"): move(to: characters.count)
        case .up: recall((recalled ?? history.count) - 1)
        case .down: recall((recalled ?? history.count) + 1)
        case .enter: .submitted(text)
        case .escape: .cancelled
        default: .ignored
        }
    }

    /// Draws it on the first line of a part, scrolled so that the cursor is in sight, and puts the terminal's cursor.
    package func draw(in part: Rectangle, on canvas: inout Canvas) {
        canvas.with(part.line(0)) { canvas in
            let start = canvas.write(prompt, at: .zero, role: .key)
            let room = canvas.size.columns - start
            let widths = characters.map { VisibleText(String($0)).width }
            var first = 0
            while first < cursor, widths[first..<cursor].reduce(0, +) >= room { first += 1 }
            canvas.write(String(characters[first...]), at: Point(start, 0))
            canvas.placeCursor(at: Point(start + widths[first..<cursor].reduce(0, +), 0), visible: true)
        }
    }

    private mutating func edit(_ change: (inout [Character], inout Int) -> Void) -> Outcome {
        let old = characters
        change(&characters, &cursor)
        cursor = cursor.heldTo(0...characters.count)
        if characters == old { return .ignored }
        recalled = nil
        return .changed
    }

    private mutating func move(to place: Int) -> Outcome {
        cursor = place.heldTo(0...characters.count)
        return .moved
    }

    /// Shows a line entered before; one past the last brings back what was being written.
    private mutating func recall(_ number: Int) -> Outcome {
        guard number >= 0, number <= history.count, number != recalled ?? history.count else { return .ignored }
        if recalled == nil { draft = characters }
        text = number == history.count ? String(draft) : history[number]
        recalled = number == history.count ? nil : number
        return .changed
    }

    /// Deletes the word before the cursor, and the blanks between the two.
    private static func deleteWord(_ characters: inout [Character], _ cursor: inout Int) {
        var start = cursor
        while start > 0, characters[start - 1] == " " { start -= 1 }
        while start > 0, characters[start - 1] != " " { start -= 1 }
        characters.removeSubrange(start..<cursor)
        cursor = start
    }
}
