import Terminal
import Testing

@Suite("Dialog")
struct DialogTests {
    private func question() -> Dialog {
        Dialog(title: "Move", lines: 1, buttons: [DialogButton("Move", key: "y")], openedBy: .character("m"))
    }

    @Test("Enter cancels, and so does Escape", arguments: [Key.enter, .escape])
    func cancel(key: Key) {
        var dialog = question()
        #expect(dialog.handle(key) == .cancelled)
    }

    @Test("a held key never confirms: neither the one that opened it, nor Enter, nor any other than its own")
    func heldKeys() {
        var dialog = Dialog(
            title: "", lines: 0, buttons: [DialogButton("Move", key: "m")], openedBy: .character("m"))
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

    @Test("what is asked scrolls to its last line")
    func scroll() {
        var dialog = Dialog(title: "Long", lines: 3, buttons: [])
        for _ in 0..<9 { #expect(dialog.handle(.down) == .open) }
        #expect(dialog.scroll == 2)
    }
}
