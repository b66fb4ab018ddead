import Terminal
import Testing

@Suite("ListSelection")
struct ListSelectionTests {
    @Test("the selection stays on its row while rows come and go around it")
    func stays() {
        var list = ListSelection<String>()
        list.update(["a", "b", "c"])
        list.select(key: "b", in: ["a", "b", "c"])
        list.update(["x", "y", "c", "b"])
        #expect(list.key == "b")
        #expect(list.index == 3)
    }

    @Test(
        "when its row goes it moves to the next one, else to the one before",
        arguments: [
            (["a", "c", "d"], "c"), (["z", "a", "y", "c"], "c"), (["a", "d"], "a"), (["q", "r"], "r"),
        ])
    func neighbour(left: [String], selected: String) {
        var list = ListSelection<String>()
        list.select(row: 1, in: ["a", "b", "c", "d"])
        list.update(left)
        #expect(list.key == selected)
    }

    @Test("an empty list has no selection, and the first row is selected when rows come")
    func empty() {
        var list = ListSelection<Int>()
        list.update([])
        #expect(list.key == nil)
        #expect(list.handle(.down, in: [Int]()) == true)
        list.update([7, 8])
        #expect(list.key == 7)
    }

    @Test("the window moves no more than is needed")
    func window() {
        var list = ListSelection<Int>(page: 4)
        let rows = 0..<10
        list.update(rows)
        for (key, index, offset) in [
            (Key.pageDown, 3, 0), (.down, 4, 1), (.up, 3, 1), (.end, 9, 6), (.pageUp, 6, 6), (.up, 5, 5), (.home, 0, 0),
        ] {
            #expect(list.handle(key, in: rows) == true)
            #expect(list.index == index && list.offset == offset, "after \(key)")
        }
        #expect(list.handle(.character("x"), in: rows) == false)
    }

    @Test("a smaller window still shows the selected row")
    func smallerPage() {
        var list = ListSelection<Int>(page: 8)
        list.select(row: 7, in: 0..<10)
        list.page = 3
        #expect(list.offset == 5)
    }
}
