import ContextTransfer
import Testing

@Suite("The queue of a drain")
struct DrainQueueTests {
    /// A queue of so many moves that has begun as many as it may, and their names.
    private static func begun(_ count: Int) -> (DrainQueue<Int>, [MoveID]) {
        var queue = DrainQueue(Array(0..<count))
        var number: UInt128 = 0
        let moves = queue.begin {
            number += 1
            return MoveID(number)
        }
        return (queue, moves.map(\.id))
    }

    @Test("no more moves are under way than may be, whatever becomes of them, and each is counted once")
    func bounded() {
        var (queue, names) = Self.begun(40)
        #expect(names.count == 32)
        #expect(queue.ended(names[0], .completed) == true)
        #expect(queue.ended(names[0], .completed) == false)
        #expect(queue.ended(names[1], .refused(.noCapacity)) == true)
        var number: UInt128 = 100
        let next = queue.begin {
            number += 1
            return MoveID(number)
        }
        #expect(next.map(\.unit) == [32, 33])
        #expect([queue.running, queue.completed, queue.refused] == [32, 1, 1])
    }

    @Test("it is over with the last move, not before")
    func over() {
        var (queue, names) = Self.begun(2)
        #expect(queue.ended(names[1], .completed) == true)
        #expect(queue.isUnderWay)
        #expect(queue.ended(names[0], .refused(.noCapacity)) == true)
        #expect(!queue.isUnderWay)
    }

    @Test("a move of somebody else is none of the drain's")
    func foreign() {
        var (queue, _) = Self.begun(2)
        #expect(queue.ended(MoveID(7), .completed) == false)
        #expect([queue.running, queue.moves] == [2, 2])
    }

    @Test(
        "each end has its count",
        arguments: [
            (.completed, [1, 0, 0, 0]), (.refused(.noCapacity), [0, 1, 0, 0]),
            (.aborted(.aborted(by: "alice")), [0, 0, 1, 0]), (.failed(.timeout(.taker)), [0, 0, 0, 1]),
            (.ended(.timeout(.taker)), [0, 0, 0, 1]),
        ] as [(MoveOutcome, [Int])])
    func counts(_ outcome: MoveOutcome, _ expected: [Int]) {
        var (queue, names) = Self.begun(1)
        #expect(queue.ended(names[0], outcome) == true)
        #expect([queue.completed, queue.refused, queue.aborted, queue.failed] == expected)
    }

    @Test("what is tried in another way is next, is no move more, and is counted when that ends")
    func retried() {
        var (queue, names) = Self.begun(40)
        #expect(queue.retry(names[3], as: 1_000) == true)
        #expect(queue.retry(names[3], as: 1_000) == false)
        let next = queue.begin { MoveID(100) }
        #expect(next.map(\.unit) == [1_000])
        #expect([queue.moves, queue.running, queue.refused] == [40, 32, 0])
        #expect(queue.ended(MoveID(100), .refused(.noCapacity)) == true)
        #expect(queue.refused == 1)
    }

    @Test("one that is stopped begins nothing more, tries nothing again, and is over with what is under way")
    func stopped() {
        var (queue, names) = Self.begun(40)
        queue.stop()
        #expect(queue.leftOut == 8)
        #expect(queue.retry(names[0], as: 1_000) == false)
        for name in names { #expect(queue.ended(name, .completed) == true) }
        #expect(queue.begin(MoveID.random).isEmpty && !queue.isUnderWay)
        #expect([queue.moves, queue.completed, queue.leftOut] == [40, 32, 8])
    }
}
