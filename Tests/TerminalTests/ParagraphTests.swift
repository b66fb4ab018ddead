import Terminal
import Testing

@Suite("Paragraph")
struct ParagraphTests {
    @Test(
        "lines are broken between words, long words inside",
        arguments: [
            ("the old path and the new", 8, ["the old", "path and", "the new"]),
            ("a\n\n  indented", 10, ["a", "", "  indented"]),
            ("association", 5, ["assoc", "iatio", "n"]),
            ("an association", 6, ["an", "associ", "ation"]),
            ("日本語 text", 5, ["日本", "語", "text"]),
            ("bad \u{1B}[m", 9, ["bad ^[[m"]),
            ("", 5, [""]),
            ("x", 0, []),
        ])
    func breaking(text: String, width: Int, lines: [String]) {
        #expect(Paragraph(text).lines(width: width) == lines)
    }

    @Test("it is drawn from any of its lines on")
    func drawing() {
        var canvas = Canvas(columns: 6, rows: 2)
        Paragraph("one two three four").draw(in: canvas.bounds, from: 1, on: &canvas)
        #expect(canvas.lines == ["two   ", "three "])
    }
}
