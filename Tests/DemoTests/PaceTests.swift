import Demo
import Testing

@Suite("The pace of a flow")
struct PaceTests {
    @Test("one packet is due at once, and then each in its time")
    func steady() {
        var pace = TrafficPace(rate: 200)
        let counts = (0..<10).map { pace.take(at: .milliseconds(5 * $0)) }
        #expect(counts == Array(repeating: 1, count: 10))
        #expect(pace.take(at: .milliseconds(46)) == 0)
        #expect(pace.next == .milliseconds(50))
    }

    @Test("what is overdue goes out in batches of 10 milliseconds")
    func batches() {
        var pace = TrafficPace(rate: 100_000)
        let counts = (0..<6).map { _ in pace.take(at: .milliseconds(50)) }
        #expect(counts == [1000, 1000, 1000, 1000, 1000, 1])
    }

    @Test("after a stall only the last 100 milliseconds are made up for")
    func stall() {
        var pace = TrafficPace(rate: 1_000)
        _ = pace.take(at: .zero)
        let counts = (0..<12).map { _ in pace.take(at: .seconds(3600)) }
        #expect(counts.reduce(0, +) == 100 && counts.max() == 10)
        #expect(pace.next == .seconds(3600) + .milliseconds(1))
    }

    @Test("a slow flow sends one packet at a time, however long the stall")
    func slow() {
        var pace = TrafficPace(rate: 3)
        #expect(pace.take(at: .seconds(10)) == 1)
        #expect(pace.take(at: .seconds(10)) == 0)
    }
}
