import Terminal
import Testing

@Suite("Canvas")
struct CanvasTests {
    @Test("text is cut at the edge of the canvas, whichever edge that is")
    func clipping() {
        var canvas = Canvas(columns: 6, rows: 2)
        canvas.write("harbour", at: Point(-2, 0))
        canvas.write("harbour", at: Point(3, 1))
        canvas.write("harbour", at: Point(0, 2))
        #expect(canvas.lines == ["rbour ", "   har"])
    }

    @Test("text longer than its limit ends in the ellipsis, and the columns taken are told")
    func limits() {
        var canvas = Canvas(columns: 10, rows: 3)
        #expect(canvas.write("harbour", at: .zero, limit: 5) == 5)
        #expect(canvas.write("quay", at: Point(0, 1), limit: 4) == 4)
        #expect(canvas.write("quay", at: Point(0, 2), limit: 0) == 0)
        #expect(canvas.lines == ["harb…     ", "quay      ", "          "])
    }

    @Test("a wide character takes two cells, and is left out whole where only half would fit")
    func wideCharacters() {
        var canvas = Canvas(columns: 5, rows: 2)
        #expect(canvas.write("日本語", at: .zero) == 4)
        canvas.write("本", at: Point(-1, 1))
        #expect(canvas.lines == ["日本 ", "     "])
        #expect(canvas.cell(at: Point(1, 0))?.width == 0)
    }

    @Test(
        "writing over one half of a wide character blanks the other", arguments: [(0, "x 本"), (1, " x本"), (2, "日x ")])
    func halves(column: Int, picture: String) {
        var canvas = Canvas(columns: 4, rows: 1)
        canvas.write("日本", at: .zero)
        canvas.write("x", at: Point(column, 0))
        #expect(canvas.lines == [picture])
    }

    @Test("nothing is drawn outside of a region, and its corner is (0, 0)")
    func regions() {
        var canvas = Canvas(columns: 8, rows: 4)
        canvas.with(Rectangle(2, 1, 4, 2), ground: .dialog) { canvas in
            #expect(canvas.size == Size(columns: 4, rows: 2))
            canvas.write("abcdefgh", at: Point(-1, 0))
            canvas.with(Rectangle(2, 1, 9, 9)) { $0.write("xyz", at: .zero) }
        }
        #expect(canvas.lines == ["        ", "  bcde  ", "    xy  ", "        "])
        #expect(canvas.grounds([.dialog: "d"]) == ["........", "..dddd..", "..dddd..", "........"])
        #expect(canvas.size == Size(columns: 8, rows: 4))
    }

    @Test("a box has its title on the upper line")
    func boxes() {
        var canvas = Canvas(columns: 12, rows: 3)
        let inside = canvas.box(canvas.bounds, title: "paths")
        #expect(inside == Rectangle(1, 1, 10, 1))
        #expect(canvas.lines == ["┌─ paths ──┐", "│          │", "└──────────┘"])
        #expect(canvas.roles([.border: "b", .title: "t"]) == ["bbtttttttbbb", "b..........b", "bbbbbbbbbbbb"])
    }

    @Test("with ASCII glyphs nothing but ASCII is drawn")
    func asciiGlyphs() {
        var canvas = Canvas(columns: 9, rows: 3, glyphs: .ascii)
        canvas.box(canvas.bounds, title: "a long title")
        #expect(canvas.lines == ["+- a ~ -+", "|       |", "+-------+"])
    }

    @Test("a cue comes before the text that asks for one")
    func cues() {
        var canvas = Canvas(columns: 9, rows: 2, cues: Cues([Role("status"): "·", .statusError: "✗"]))
        canvas.write(CellText("down", .statusError, cue: true), at: .zero)
        canvas.write(CellText("up", .statusOK, cue: true), in: Rectangle(0, 1, 9, 1), alignment: .trailing)
        #expect(canvas.lines == ["✗ down   ", "     · up"])
        #expect(canvas.stretches(inRow: 0) == [CellText("✗ down", .statusError), CellText("   ")])
    }

    @Test("no coordinates and no sizes trap", arguments: [Int.min, -1 << 40, -7, 0, 3, 1 << 40, Int.max])
    func totality(number: Int) {
        var canvas = Canvas(columns: min(number, 5), rows: 2)
        for other in [Int.min, -1, 1, Int.max] {
            let part = Rectangle(number, other, other, number)
            canvas.write("日本 text", at: Point(number, other), limit: other)
            canvas.fill(part)
            canvas.box(part, title: "t")
            canvas.horizontalLine(at: Point(number, 0), length: other)
            canvas.verticalLine(at: Point(0, number), length: other)
            canvas.lay(part, on: .selection)
            canvas.with(part, ground: .dialog) { $0.write("x", at: Point(other, number)) }
            canvas.placeCursor(at: Point(number, other))
            _ = part.columns(.fixed(number), .flexible(minimum: other, weight: number), gap: number)
                .map { $0.inset(left: number, top: other, right: other, bottom: number) }
            _ = canvas.cell(at: Point(other, number))
        }
        #expect(canvas.lines.count == 2)
    }

    @Test("the cursor is placed in coordinates of the region, and only inside of it")
    func cursor() {
        var canvas = Canvas(columns: 8, rows: 4)
        canvas.with(Rectangle(2, 1, 4, 2)) { canvas in
            canvas.placeCursor(at: Point(1, 1), visible: true)
            canvas.placeCursor(at: Point(4, 0))
        }
        #expect(canvas.cursor == Point(3, 2))
        #expect(canvas.showsCursor)
    }
}
