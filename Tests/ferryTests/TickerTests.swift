import Testing
import ferry

@Suite("The console's clock", .timeLimit(.minutes(1)))
struct TickerTests {
    @Test("it ticks again and again, as often as was asked for last, and rests when nobody needs it")
    func ticks() async {
        let (intervals, asking) = AsyncStream.makeStream(of: Duration?.self)
        let (ticks, ticking) = AsyncStream.makeStream(of: Void.self)
        await withDiscardingTaskGroup { group in
            group.addTask {
                await Ticker().run(intervals) { ticking.yield() }
                ticking.finish()
            }
            var seen = ticks.makeAsyncIterator()
            asking.yield(.seconds(1_000))
            asking.yield(.milliseconds(1))
            for _ in 0..<5 { #expect(await seen.next() != nil) }
            asking.yield(nil)
            asking.yield(.milliseconds(1))
            for _ in 0..<5 { #expect(await seen.next() != nil) }
            asking.finish()
            while await seen.next() != nil {}
        }
    }
}
