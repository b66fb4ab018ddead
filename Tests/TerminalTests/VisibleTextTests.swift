import Terminal
import Testing

@Suite("VisibleText")
struct VisibleTextTests {
    @Test(
        "what a terminal would obey is spelled out",
        arguments: [
            ("\u{1B}[2Jgone", "^[[2Jgone"),  // clears the screen
            ("a\tb\r\nc", "a^Ib^M^Jc"),
            ("\u{7F}\u{0}", "^?^@"),
            ("\u{9B}31m", "\\u{9b}31m"),  // the same as ESC [ in one byte of C1
            ("gate\u{202E}yaw", "gate\\u{202e}yaw"),  // turns the writing direction
            ("a\u{200B}b\u{2066}", "a\\u{200b}b\\u{2066}"),
            ("x\u{2028}y", "x\\u{2028}y"),
            ("\u{E0041}", "\\u{e0041}"),  // an invisible tag
            ("\u{3164}", "\\u{3164}"),  // a filler that looks like nothing
        ])
    func sanitising(text: String, visible: String) {
        #expect(VisibleText(text).string == visible)
        #expect(VisibleText(text).width == visible.count)
    }

    @Test("accents stay with their letter, three at most, and one without a letter is spelled out")
    func accents() {
        let many = "e" + String(repeating: "\u{301}", count: 9) + "!"
        #expect(VisibleText(many).map(\.symbol) == ["e\u{301}\u{301}\u{301}", "!"])
        #expect(VisibleText("\u{301}a").string == "\\u{301}a")
    }

    @Test(
        "widths are those of a terminal",
        arguments: [
            ("plain", 5), ("é", 1), ("e\u{301}", 1), ("日本", 4), ("한글", 4), ("│▸✓", 3), ("🚢", 2), ("Ｆ", 2), ("", 0),
            ("\u{2764}\u{FE0F}", 1),  // a variation selector is left out
        ])
    func widths(text: String, width: Int) {
        #expect(VisibleText(text).width == width)
    }

    @Test("a million selectors do no harm")
    func longInput() {
        let text = String(repeating: "\u{FE0F}", count: 1_000_000) + "a"
        #expect(VisibleText(text).string == "a")
    }
}
