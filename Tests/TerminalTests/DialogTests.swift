import Terminal
import Testing

@Suite("Dialog")
struct DialogTests {
    private func question(phrase: String? = nil) -> Dialog {
        Dialog(
            title: "Move", body: "Move 12 associations?", buttons: [DialogButton("Move", key: "y")],
            openedBy: .character("m"), phrase: phrase)
    }

    @Test("Cancel has the focus")
    func picture() {
        var canvas = Canvas(columns: 30, rows: 7)
        question().draw(on: &canvas)
        #expect(
            canvas.lines == [
                "                              ",
                "┌─ Move ─────────────────────┐",
                "│ Move 12 associations?      │",
                "│                            │",
                "│ [ Cancel ]   Move (y)      │",
                "└────────────────────────────┘",
                "                              ",
            ])
        #expect(canvas.roles([.dialogFocus: "f"])[4] == "..ffffffffff..................")
    }

    @Test("Enter cancels, and so does Escape", arguments: [Key.enter, .escape])
    func cancel(key: Key) {
        var dialog = question()
        #expect(dialog.handle(key) == .cancelled)
    }

    @Test("a held key never confirms: neither the one that opened it, nor Enter, nor any other than its own")
    func heldKeys() {
        var dialog = Dialog(
            title: "", body: "", buttons: [DialogButton("Move", key: "m")], openedBy: .character("m"))
        for _ in 0..<50 { #expect(dialog.handle(.character("m")) == .open) }
        for key in [Key.character("x"), .character(" "), .down, .function(1)] {
            #expect(dialog.handle(key) == .open)
        }
        #expect(dialog.handle(.character("m")) == .chosen(0))
    }

    @Test("a button is pressed by its letter, or by going there and Enter")
    func confirm() {
        var dialog = question()
        #expect(dialog.handle(.character("y")) == .chosen(0))
        dialog = question()
        #expect(dialog.handle(.tab) == .open)
        #expect(dialog.handle(.enter) == .chosen(0))
        #expect(dialog.handle(.left) == .open)
        #expect(dialog.handle(.enter) == .cancelled)
    }

    @Test("a grave question wants its phrase typed first")
    func phrase() {
        var dialog = question(phrase: "fny")
        #expect(dialog.handle(.character("y")) == .open)
        #expect(dialog.handle(.tab) == .open)
        #expect(dialog.handle(.enter) == .open)
        for key in [Key.backspace, .character("f"), .character("n"), .character("y")] { _ = dialog.handle(key) }
        var canvas = Canvas(columns: 30, rows: 9)
        dialog.draw(on: &canvas)
        #expect(
            canvas.lines[1...7] == [
                "│ Move 12 associations?      │",
                "│                            │",
                "│ Type fny to go on:         │",
                "│ > fny                      │",
                "│                            │",
                "│   Cancel   [ Move (y) ]    │",
                "└────────────────────────────┘",
            ])
        #expect(dialog.handle(.enter) == .chosen(0))
    }

    @Test("on a small screen the buttons stay and the body scrolls")
    func small() {
        var dialog = Dialog.message(title: "Long", body: (1...9).map { "line \($0)" }.joined(separator: "\n"))
        #expect(dialog.handle(.down) == .open)
        var canvas = Canvas(columns: 16, rows: 6)
        dialog.draw(on: &canvas)
        #expect(
            canvas.lines == [
                "┌─ Long ───────┐",
                "│ line 2      ▴│",
                "│ line 3       │",
                "│ line 4      ▾│",
                "│ [ Close ]    │",
                "└──────────────┘",
            ])
        var tiny = Canvas(columns: 3, rows: 1)
        dialog.draw(on: &tiny)
    }
}
