import Demo
import Testing

@Suite("Arrivals of a flow")
struct ArrivalTests {
    @Test("each packet arrives once, and then again")
    func once() {
        var window = ArrivalWindow()
        #expect((0..<3).map { _ in window.give() } == [0, 1, 2])
        #expect([2, 0, 2, 2].map { window.arrived($0) } == [.first, .first, .again, .again])
        #expect(window.arrived(3) == .unknown)
        #expect(window.arrived(.max) == .unknown)
    }

    @Test("a packet that is older than the window is settled, whether it arrived or not")
    func old() {
        var window = ArrivalWindow(size: 128)
        for _ in 0..<130 { _ = window.give() }
        #expect([0, 1].map { window.arrived($0) } == [.unknown, .unknown])
        #expect([2, 129].map { window.arrived($0) } == [.first, .first])
    }

    @Test("a number is fresh also where an older one arrived in its place")
    func reused() {
        var window = ArrivalWindow(size: 64)
        for round in 0..<5 {
            for _ in 0..<64 {
                let number = UInt64(window.give())
                #expect(window.arrived(number) == .first)
                #expect(window.arrived(number) == .again)
            }
            #expect(window.arrived(UInt64(round * 64)) == .again)
        }
    }

    @Test("a flow of days takes no more memory than one of seconds")
    func bounded() {
        var window = ArrivalWindow(size: 1 << 10)
        for _ in 0..<100_000 { _ = window.give() }
        #expect(window.octets == 128)
    }
}
