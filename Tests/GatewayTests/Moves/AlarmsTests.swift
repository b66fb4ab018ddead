import ContextTransfer
import Gateway
import Testing

@Suite("Alarms")
struct AlarmsTests {
    private let clock = ManualClock()
    private let first = MovePartyKey(id: .random(), role: .holder)
    private let second = MovePartyKey(id: .random(), role: .taker)

    @Test("a deadline that was replaced or cancelled is waited for no longer", .timeLimit(.minutes(1)))
    func replacing() async {
        let alarms = Alarms(clock: clock)
        let (passed, passing) = AsyncStream<Alarms.Alarm>.makeStream()
        await withDiscardingTaskGroup { group in
            group.addTask { await alarms.run { passing.yield($0) } }
            alarms.add(first, number: 1, after: .seconds(7))
            #expect(await clock.isSlept(until: [.seconds(7)]))
            // Who sleeps is woken earlier where that is needed, and else not at all.
            alarms.add(second, number: 1, after: .seconds(5))
            #expect(await clock.isSlept(until: [.seconds(5)]))
            alarms.add(first, number: 2, after: .seconds(9))
            alarms.cancel(second)
            clock.advance(by: .seconds(8))
            #expect(await clock.isSlept(until: [.seconds(9)]))
            clock.advance(by: .seconds(1))
            for await alarm in passed {
                #expect(alarm.key == first && alarm.number == 2)
                break
            }
            group.cancelAll()
        }
    }

    @Test(
        "a party may set a deadline again after one has passed, and a cancel without one does nothing",
        .timeLimit(.minutes(1)))
    func again() async {
        let alarms = Alarms(clock: clock)
        let (passed, passing) = AsyncStream<Int>.makeStream()
        await withDiscardingTaskGroup { group in
            group.addTask { await alarms.run { passing.yield($0.number) } }
            alarms.cancel(first)
            var numbers: [Int] = []
            alarms.add(first, number: 1, after: .seconds(1))
            #expect(await clock.isSlept(until: [.seconds(1)]))
            clock.advance(by: .seconds(1))
            for await number in passed {
                numbers.append(number)
                if number == 2 { break }
                alarms.add(first, number: 2, after: .zero)
            }
            #expect(numbers == [1, 2])
            group.cancelAll()
        }
    }

    @Test("one that takes the place of another by the same number passes at its own time", .timeLimit(.minutes(1)))
    func sameNumber() async {
        let alarms = Alarms(clock: clock)
        let (passed, passing) = AsyncStream<MovePartyKey>.makeStream()
        await withDiscardingTaskGroup { group in
            group.addTask { await alarms.run { passing.yield($0.key) } }
            alarms.add(first, number: 1, after: .seconds(5))
            #expect(await clock.isSlept(until: [.seconds(5)]))
            alarms.cancel(first)
            alarms.add(first, number: 1, after: .seconds(9))
            alarms.add(second, number: 1, after: .seconds(6))
            var keys = passed.makeAsyncIterator()
            clock.advance(by: .seconds(6))
            #expect(await keys.next() == second)
            #expect(await clock.isSlept(until: [.seconds(9)]))
            clock.advance(by: .seconds(3))
            #expect(await keys.next() == first)
            group.cancelAll()
        }
    }

    @Test("thousands of deadlines that were replaced pass once", .timeLimit(.minutes(1)))
    func often() async {
        let alarms = Alarms(clock: clock)
        let (passed, passing) = AsyncStream<Int>.makeStream()
        await withDiscardingTaskGroup { group in
            group.addTask { await alarms.run { passing.yield($0.number) } }
            for number in 1...5_000 { alarms.add(first, number: number, after: .seconds(5)) }
            alarms.add(second, number: 0, after: .seconds(6))
            #expect(await clock.isSlept(until: [.seconds(5)]))
            clock.advance(by: .seconds(6))
            var numbers: [Int] = []
            for await number in passed.prefix(2) { numbers.append(number) }
            #expect(numbers.sorted() == [0, 5_000])
            group.cancelAll()
        }
    }

    @Test("when the node stops nobody sleeps on", .timeLimit(.minutes(1)))
    func stopping() async {
        let alarms = Alarms(clock: clock)
        await withDiscardingTaskGroup { group in
            group.addTask { await alarms.run { _ in } }
            alarms.add(first, number: 1, after: .seconds(5))
            #expect(await clock.isSlept(until: [.seconds(5)]))
            group.cancelAll()
        }
        #expect(await clock.isSlept(until: []))
    }
}
