import Terminal
import Testing

@Suite("Layout")
struct LayoutTests {
    @Test("fixed parts get theirs, flexible ones share the rest by weight, to the last cell")
    func sharing() {
        #expect(Extent.lengths(of: [.fixed(3), .flexible(), .flexible(weight: 2)], filling: 14, gap: 1) == [3, 3, 6])
        #expect(Extent.lengths(of: [.flexible(), .flexible(), .flexible()], filling: 11) == [3, 4, 4])
        #expect(Extent.lengths(of: [.flexible(minimum: 8), .flexible()], filling: 10) == [9, 1])
    }

    @Test("without room the last parts shrink, to nothing if need be")
    func shrinking() {
        #expect(Extent.lengths(of: [.fixed(5), .fixed(5), .fixed(5)], filling: 8) == [5, 3, 0])
        #expect(Extent.lengths(of: [.fixed(5), .flexible()], filling: -1) == [0, 0])
    }

    @Test("a rectangle is split into rows and columns that touch")
    func splitting() {
        let screen = Rectangle(0, 0, 80, 24)
        #expect(
            screen.rows(.fixed(1), .flexible(), .fixed(1)) == [
                Rectangle(0, 0, 80, 1), Rectangle(0, 1, 80, 22), Rectangle(0, 23, 80, 1),
            ])
        #expect(
            screen.columns(.flexible(), .flexible(), gap: 2) == [
                Rectangle(0, 0, 39, 24), Rectangle(41, 0, 39, 24),
            ])
        #expect(screen.centred(Size(columns: 40, rows: 99)) == Rectangle(20, 0, 40, 24))
        #expect(screen.inset(by: 30).isEmpty)
    }
}
