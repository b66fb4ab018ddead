import Terminal
import Testing

@Suite("TextField")
struct TextFieldTests {
    private func typed(_ keys: Key..., into field: TextField = TextField(text: "go to fn2")) -> String {
        var field = field
        for key in keys { _ = field.handle(key) }
        return field.text
    }

    @Test("keys edit at the cursor")
    func editing() {
        #expect(typed(.character("!")) == "go to fn2!")
        #expect(typed(.left, .backspace, .character("m")) == "go to fm2")
        #expect(typed(.home, .delete, .delete, .delete) == "to fn2")
        #expect(typed(.control("w"), .control("w")) == "go ")
        #expect(typed(.left, .left, .left, .control("k")) == "go to ")
        #expect(typed(.left, .left, .left, .control("u")) == "fn2")
        #expect(typed(.control("a"), .character("日"), .control("e"), .character("本")) == "日go to fn2本")
        #expect(typed(.home, .backspace, .left, .end, .delete, .right, .function(3)) == "go to fn2")
    }

    @Test("Enter gives the text, Escape gives up")
    func leaving() {
        var field = TextField(text: "x")
        #expect(field.handle(.enter) == .submitted("x"))
        #expect(field.handle(.escape) == .cancelled)
        #expect(field.handle(.pageUp) == .ignored)
    }

    @Test("the arrows go through the history, and come back to what was being written")
    func history() {
        var field = TextField(text: "dra", history: ["first", "second"])
        for (key, text) in [
            (Key.up, "second"), (.up, "first"), (.up, "first"), (.down, "second"), (.down, "dra"), (.down, "dra"),
        ] {
            _ = field.handle(key)
            #expect(field.text == text)
        }
    }

    @Test("it scrolls so that the cursor is in sight")
    func drawing() {
        var canvas = Canvas(columns: 8, rows: 1)
        var field = TextField(prompt: ":", text: "日 get sad")
        field.draw(in: canvas.bounds, on: &canvas)
        #expect(canvas.lines == [":et sad "])
        #expect(canvas.cursor == Point(7, 0))
        #expect(canvas.showsCursor)
        _ = field.handle(.home)
        canvas = Canvas(columns: 8, rows: 1)
        field.draw(in: canvas.bounds, on: &canvas)
        #expect(canvas.lines == [":日 get "])
        #expect(canvas.cursor == Point(1, 0))
    }
}
