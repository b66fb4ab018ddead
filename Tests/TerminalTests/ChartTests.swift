import Terminal
import Testing

@Suite("Bars and lines")
struct ChartTests {
    private func line(_ columns: Int, _ glyphs: Glyphs = .unicode, draw: (inout Canvas) -> Void) -> String {
        var canvas = Canvas(columns: columns, rows: 1, glyphs: glyphs)
        draw(&canvas)
        return canvas.lines[0]
    }

    @Test(
        "a progress bar fills by eighths of a cell",
        arguments: [
            (0.0, "░░░░░░░░░░   0%"), (0.4, "████░░░░░░  40%"), (0.45, "████▌░░░░░  45%"), (1.0, "██████████ 100%"),
            (7.0, "██████████ 100%"), (-1.0, "░░░░░░░░░░   0%"), (.nan, "░░░░░░░░░░   0%"),
        ])
    func progress(fraction: Double, picture: String) {
        #expect(line(15) { ProgressBar(fraction).draw(in: $0.bounds, on: &$0) } == picture)
    }

    @Test("in ASCII it fills by whole cells, and on a short line it has no percentage")
    func asciiProgress() {
        #expect(line(15, .ascii) { ProgressBar(0.45).draw(in: $0.bounds, on: &$0) } == "####......  45%")
        #expect(line(4) { ProgressBar(0.5).draw(in: $0.bounds, on: &$0) } == "██░░")
    }

    @Test("a sparkline shows the last values, the newest at the right")
    func sparkline() {
        let series = Sparkline([9, 9, 0, 1, 2, 3, 4, 5, 6, 7, 8])
        #expect(line(9) { series.draw(in: $0.bounds, on: &$0) } == "▁▁▂▃▄▅▆▇█")
        #expect(line(9, .ascii) { series.draw(in: $0.bounds, on: &$0) } == "__.-=+*%#")
        #expect(line(5) { Sparkline([1, .nan, .infinity], top: 2).draw(in: $0.bounds, on: &$0) } == "  ▄ █")
        #expect(line(3) { Sparkline([0, 0]).draw(in: $0.bounds, on: &$0) } == " ▁▁")
        #expect(line(3) { Sparkline([]).draw(in: $0.bounds, on: &$0) } == "   ")
    }

    @Test("a sparkline of two lines has twice the steps")
    func tallSparkline() {
        var canvas = Canvas(columns: 3, rows: 2)
        Sparkline([2, 8, 12], top: 16).draw(in: canvas.bounds, on: &canvas)
        #expect(canvas.lines == ["  ▄", "▂██"])
    }

    @Test("the open tab stands in brackets and is always in sight")
    func tabs() {
        let tabs = Tabs(["SAD", "SPD", "paths"], selected: 1)
        #expect(line(20) { tabs.draw(in: $0.bounds, on: &$0) } == " SAD  [SPD]  paths  ")
        #expect(line(7) { Tabs(["SAD", "SPD", "paths"], selected: 2).draw(in: $0.bounds, on: &$0) } == "[paths]")
        #expect(line(3) { Tabs([], selected: 4).draw(in: $0.bounds, on: &$0) } == "   ")
    }

    @Test("key hints that do not fit whole are left out")
    func hints() {
        let hints = KeyHints([KeyHint("q", "quit"), KeyHint("^F", "forward")])
        #expect(line(20) { hints.draw(in: $0.bounds, on: &$0) } == " q quit  ^F forward ")
        #expect(line(15) { hints.draw(in: $0.bounds, on: &$0) } == " q quit        ")
    }
}
