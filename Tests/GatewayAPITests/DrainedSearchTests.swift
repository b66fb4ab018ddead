import ContextTransfer
import ForwardingPath
import GatewayAPI
import Testing

/// What a caller gets of a drain of twelve users.
@Suite("Parts of a drain's record")
struct DrainedSearchTests {
    /// 4 was refused, 7 failed, 9 never begins; 1 to 8 are over, the rest waits.
    private let lines: [ReportedDrained] = (1...12).map { number in
        let standing: ReportedDrained.Standing =
            switch number {
            case 4: .over(.refused(.noCapacity), MoveID(4))
            case 7: .over(.failed(.timeout(.taker)), MoveID(7))
            case 9: .leftOut
            case ...8: .over(.completed, MoveID(UInt128(number)))
            default: .waiting
            }
        return ReportedDrained(
            number: UInt64(number), user: "MN-\(number)", names: ["Up-\(number)"], to: number == 12 ? "SG3" : "SG2",
            standing: standing)
    }

    private func ask(_ change: (inout DrainedQuery) -> Void) -> DrainedReport {
        var query = DrainedQuery()
        change(&query)
        return DrainedReport(query, of: lines, drain: Sample.drain)
    }

    @Test("those that did not go come first, then those that never begin, and pages of them join without a gap")
    func order() {
        let whole = ask { $0.isUnsuccessfulFirst = true }
        #expect(whole.drained.map(\.number) == [4, 7, 9, 1, 2, 3, 5, 6, 8, 10, 11, 12])
        #expect(whole.matching == 12 && !whole.hasMore)
        var joined: [UInt64] = []
        for skip in stride(from: 0, to: 15, by: 5) {
            let page = ask { ($0.isUnsuccessfulFirst, $0.skip, $0.limit) = (true, skip, 5) }
            #expect(page.hasMore == (skip < 10) && page.matching == 12)
            joined += page.drained.map(\.number)
        }
        #expect(joined == whole.drained.map(\.number))
    }

    @Test(
        "a text is found in users, SAs, gateways, standings and reasons, whatever its capitals",
        arguments: [
            ("refused", [4]), ("NO ROOM", [4]), ("failed", [7]), ("not begun", [9]), ("up-3", [3]), ("mn-11", [11]),
            ("sg3", [12]), ("nobody", []), ("MN-1", [1, 10, 11, 12]),
        ])
    func text(_ text: String, numbers: [UInt64]) {
        let found = ask { $0.text = text }
        #expect(found.drained.map(\.number) == numbers && found.matching == numbers.count)
    }

    @Test("the place of one is told in the order that is asked for, also where it is not on the page")
    func find() {
        #expect(ask { ($0.find, $0.limit) = (12, 1) }.found == 11)
        #expect(ask { ($0.find, $0.after) = (12, 3) }.found == 8)
        #expect(ask { ($0.find, $0.isUnsuccessfulFirst) = (7, true) }.found == 1)
        #expect(ask { ($0.find, $0.text) = (7, "refused") }.found == nil)
        #expect(ask { $0.find = 13 }.found == nil)
    }

    @Test("numbers beyond all bounds give nothing")
    func bounds() {
        #expect(ask { $0.after = .max } == DrainedReport(drain: Sample.drain, drained: [], hasMore: false))
        let none = ask { ($0.skip, $0.find) = (.max, .max) }
        #expect(none.drained.isEmpty && none.matching == 12 && none.found == nil && !none.hasMore)
    }
}
