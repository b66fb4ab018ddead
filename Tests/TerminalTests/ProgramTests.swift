import Terminal
import Testing

@Suite("Program")
struct ProgramTests {
    /// Counts how often a key was pressed, and asks to be rung for at three.
    private struct Counter: Program {
        enum Command: Equatable, Sendable { case ring }
        var count = 0

        mutating func update(_ message: Key) -> [Command] {
            count += 1
            return count == 3 ? [.ring] : []
        }

        func view(on canvas: inout Canvas) {
            canvas.write("\(count) \(canvas.glyphs.bullet)", at: .zero)
        }
    }

    @Test("a program is shown on a screen as a picture, and its commands are compared as values")
    func show() {
        var screen = GridScreen(columns: 6, rows: 2, glyphs: .ascii)
        var counter = Counter()
        #expect(screen.picture.isEmpty)
        #expect(counter.update(.enter) == [])
        #expect(counter.update(.enter) == [])
        #expect(counter.update(.enter) == [.ring])
        screen.show(counter)
        #expect(screen.picture == ["3 *   ", "      "])
    }
}
