import Terminal
import Testing

@Suite("Table")
struct TableTests {
    private let columns = [
        TableColumn("spi", .fixed(10)),
        TableColumn("peer", .flexible(minimum: 6)),
        TableColumn("packets", .fixed(8), alignment: .trailing, priority: 1),
        TableColumn("mode", .fixed(6), priority: 2),
    ]

    private func table(count: Int = 3, selected: Int? = 1, offset: Int = 0) -> Table {
        Table(
            columns: columns, count: count, selected: selected, offset: offset,
            sort: TableSort(column: 2, ascending: false)
        ) { row in
            [CellText("0x0000c0d\(row)"), CellText("gateway-\(row)"), CellText("\(row * 1000)"), CellText("tunnel")]
        }
    }

    private func picture(_ table: Table, columns: Int, rows: Int) -> [String] {
        var canvas = Canvas(columns: columns, rows: rows)
        table.draw(on: &canvas)
        return canvas.lines
    }

    @Test("all columns are seen on a wide screen, the flexible one takes what is left over")
    func wide() {
        #expect(
            picture(table(), columns: 46, rows: 6) == [
                "  spi         peer            packets▼  mode  ",
                "  0x0000c0d0  gateway-0              0  tunnel",
                "▸ 0x0000c0d1  gateway-1           1000  tunnel",
                "  0x0000c0d2  gateway-2           2000  tunnel",
                "                                              ",
                "                                        3 rows",
            ])
    }

    @Test(
        "on a narrower screen columns go by priority, the greatest number first",
        arguments: [
            (35, "▸ 0x0000c0d1  gateway-1        1000"),
            (30, "▸ 0x0000c0d1  gatew…      1000"),
            (24, "▸ 0x0000c0d1  gateway-1 "),
            (18, "▸ 0x0000c0d1  gat…"),
            (8, "▸ 0x000…"),
            (1, "▸"),
        ])
    func narrow(columns: Int, row: String) {
        #expect(picture(table(), columns: columns, rows: 6)[2] == row)
    }

    @Test("of 100,000 rows only those in sight are asked for, and the selected one is in sight")
    func lazyRows() {
        var asked: [Int] = []
        let table = Table(columns: [TableColumn("n", .flexible())], count: 100_000, selected: 70_000) { row in
            asked.append(row)
            return [CellText("row \(row)")]
        }
        #expect(
            picture(table, columns: 16, rows: 5) == [
                "  n             ", "  row 69998     ", "  row 69999     ", "▸ row 70000     ", " 70001 of 100000",
            ])
        #expect(asked == [69_998, 69_999, 70_000])
    }

    @Test("the selected row lies on the selection from edge to edge, on another ground without the keys")
    func selectionGround() {
        var table = table(count: 2, selected: 0)
        var canvas = Canvas(columns: 20, rows: 3)
        table.draw(on: &canvas)
        #expect(
            canvas.grounds([.selection: "s", .header: "h"])[0...1] == [
                String(repeating: "h", count: 20), String(repeating: "s", count: 20),
            ])
        #expect(canvas.cursor == Point(0, 1))
        table.hasFocus = false
        table.draw(on: &canvas)
        #expect(canvas.grounds([.selectionInactive: "i"])[1] == String(repeating: "i", count: 20))
    }

    @Test("without rows it says so")
    func empty() {
        #expect(
            picture(table(count: 0, selected: nil), columns: 18, rows: 3) == [
                "  spi         peer", "  nothing here    ", "            0 rows",
            ])
    }

    @Test("no size and no offset trap", arguments: [0, 1, 2, 3])
    func smallScreens(size: Int) {
        for offset in [-5, 0, 99, Int.max] {
            #expect(picture(table(selected: 7, offset: offset), columns: size, rows: size).count == size)
        }
    }
}
