import Testing
import ferry

@Suite("News for the console", .timeLimit(.minutes(1)))
struct NewsPumpTests {
    @Test("the next is given when the one before was taken in, and not sooner")
    func oneAtATime() async {
        let (news, telling) = AsyncStream.makeStream(of: Int.self)
        let (given, giving) = AsyncStream.makeStream(of: Int.self, bufferingPolicy: .bufferingNewest(1))
        for number in 0..<100 { telling.yield(number) }
        telling.finish()
        let pump = NewsPump()
        await withDiscardingTaskGroup { group in
            group.addTask {
                await pump.run(news) { giving.yield($0) }
                giving.finish()
            }
            // Were two given at once, the older would be gone.
            var expected = 0
            for await number in given {
                #expect(number == expected)
                expected += 1
                await Task.yield()
                pump.wasTaken()
            }
            #expect(expected == 100)
        }
    }
}
